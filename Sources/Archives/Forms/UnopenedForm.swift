/// Containers that are told by their marks and not opened: disk images and file systems, whose files may lie in pieces,
/// and archives of other systems.
enum UnopenedForm {
    /// What a file that begins with `beginning` is called, as far as that much of it tells; nil where it is none of them.
    static func name(_ beginning: Span<UInt8>) -> String? {
        // The volume descriptor of the first kind, in the sixteenth sector.
        if has([1, 0x43, 0x44, 0x30, 0x30, 0x31, 1], at: 0x8000, beginning) { return "an ISO 9660 image" }
        if isExtended(beginning) { return "an ext2, ext3 or ext4 file system" }
        return marks.first { has($0.bytes, at: $0.place, beginning) }?.name
    }

    private static let marks: [(name: String, bytes: [UInt8], place: Int)] = [
        ("an XFS file system", [0x58, 0x46, 0x53, 0x42, 0, 0], 0),
        ("an EROFS file system", [0xe2, 0xe1, 0xf5, 0xe0], 0x400),
        ("a QCOW disk image", [0x51, 0x46, 0x49, 0xfb, 0, 0, 0], 0),
        ("a VHDX disk image", Array("vhdxfile".utf8), 0),
        ("a cabinet", [0x4d, 0x53, 0x43, 0x46, 0, 0, 0, 0], 0),
        ("an lrzip file", [0x4c, 0x52, 0x5a, 0x49, 0], 0),
    ]

    /// A mark of two bytes is in other files by chance, but not with numbers around it that only such a system has.
    private static func isExtended(_ bytes: Span<UInt8>) -> Bool {
        let start = 0x400
        guard has([0x53, 0xef], at: start + 56, bytes), bytes.count >= start + 80 else { return false }
        func number(_ place: Int) -> Int {
            (0..<4).reduce(0) { $0 | Int(bytes[start + place + $1]) << (8 * $1) }
        }
        let (inodes, blocks) = (number(0), number(4))
        let (first, size, group, revision) = (number(20), number(24), number(32), number(76))
        return inodes > 0 && blocks > 0 && first <= 1 && size <= 6 && group > 0 && group % 8 == 0
            && revision <= 1
    }

    private static func has(_ mark: [UInt8], at place: Int, _ bytes: Span<UInt8>) -> Bool {
        guard place + mark.count <= bytes.count else { return false }
        return mark.indices.allSatisfy { bytes[place + $0] == mark[$0] }
    }
}
