/// The record that a zip archive ends with, by which other programs find all else in it.
package struct ZipTrailer: Hashable, Sendable {
    /// How many bytes of a file's end ``find(in:)`` wants to see: the record, its comment, and what may follow.
    package static let searched = 16 << 10

    private static let mark: [UInt8] = [0x50, 0x4b, 0x05, 0x06]
    private static let recordLength = 22

    /// How many members the archive says it has; nil where the number is elsewhere, because it is too large.
    package let members: Int?
    /// Where the table of members begins, counted from the end of the file backwards; nil where that is elsewhere.
    package let directory: Int?
    /// Whether the record's comment reaches to the very end of the file.
    package let isExact: Bool

    /// The last such record in `ending`, the last bytes of a file.
    package static func find(in ending: Span<UInt8>) -> ZipTrailer? {
        var last: ZipTrailer?
        var next = 0
        while let start = ByteSearch.first(of: mark, in: ending.extracting(next...)) {
            last = ZipTrailer(ending, at: next + start) ?? last
            next += start + 1
        }
        return last
    }

    /// What stands behind a mark at `start`; nil where that is cut off.
    private init?(_ bytes: Span<UInt8>, at start: Int) {
        func number(_ offset: Int, _ length: Int) -> Int {
            (0..<length).reversed().reduce(0) { $0 << 8 | Int(bytes[start + offset + $1]) }
        }
        let rest = bytes.count - start
        guard rest >= Self.recordLength, Self.recordLength + number(20, 2) <= rest else { return nil }
        members = number(10, 2) == 0xffff ? nil : number(10, 2)
        directory = number(12, 4) == 0xffff_ffff || number(10, 2) == 0xffff ? nil : rest + number(12, 4)
        isExact = Self.recordLength + number(20, 2) == rest
    }
}
