/// Which files git tracks: the names in its index, of versions 2 to 4.
struct GitIndex {
    /// From the top of the work tree.
    private(set) var paths: Set<[UInt8]> = []

    private static let header = 12
    /// What stands before the object's name: times, device, inode, mode, owner, size.
    private static let fixed = 40
    private static let extended: UInt16 = 0x4000

    /// Nil where the bytes are no index that can be read to its end.
    ///
    /// `hashLength` is that of object names: 20 bytes, or 32 in a repository that uses SHA-256.
    init?(_ bytes: [UInt8], hashLength: Int) {
        guard bytes.count >= Self.header, bytes.starts(with: "DIRC".utf8) else { return nil }
        let version = Self.number(bytes, 4)
        guard (2...4).contains(version) else { return nil }
        var position = Self.header
        var name: [UInt8] = []
        for _ in 0..<Self.number(bytes, 8) {
            let start = position
            let flagsAt = start + Self.fixed + hashLength
            guard flagsAt + 2 < bytes.count else { return nil }
            let flags = UInt16(bytes[flagsAt]) << 8 | UInt16(bytes[flagsAt + 1])
            position = flagsAt + 2 + (version > 2 && flags & Self.extended != 0 ? 2 : 0)
            if version == 4 {
                guard let dropped = Self.offset(bytes, &position), dropped <= name.count else { return nil }
                name.removeLast(dropped)
            } else {
                name.removeAll(keepingCapacity: true)
            }
            guard position <= bytes.count, let end = bytes[position...].firstIndex(of: 0) else { return nil }
            name += bytes[position..<end]
            paths.insert(name)
            // Up to version 3, zeros fill an entry up to a multiple of eight bytes, and there is one at least.
            position = version == 4 ? end + 1 : start + ((end - start) / 8 + 1) * 8
        }
    }

    private static func number(_ bytes: [UInt8], _ start: Int) -> Int {
        bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    /// A number of variable length, as packs have them.
    private static func offset(_ bytes: [UInt8], _ position: inout Int) -> Int? {
        var value = 0
        for step in 0..<5 {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            position += 1
            value = (step == 0 ? 0 : value + 1) << 7 | Int(byte & 0x7f)
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }
}
