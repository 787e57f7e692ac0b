/// The signature of an Android package, which lies between the members of a zip and their table.
enum ZipSignature {
    private static let mark = Array("APK Sig Block 42".utf8)
    /// Packages are filled up with zeros, so that it begins on a page of its own.
    private static let page = 4 << 10
    /// It begins with its length, and ends with that once more and the mark.
    private static let lengthSize = 8
    private static let allowed = 64...(16 << 20)
    private static let piece = 64 << 10

    /// Passes over the one that lies at `place` of a zip, begins with `beginning` and goes on in `source`; says where it
    /// ends, and nil where there is none.
    ///
    /// Its bytes are searched as they are stored, with those of the whole file.
    static func pass(
        _ source: any ByteSource, beginning: [UInt8], at place: Int
    ) throws(ArchiveError) -> Int? {
        let whole = PrefixedByteSource(prefix: beginning, rest: source)
        var start = place
        let filling = (page - place % page) % page
        if filling > 0, beginning.prefix(min(filling, lengthSize)).allSatisfy({ $0 == 0 }) {
            guard try whole.readPrefix(filling).allSatisfy({ $0 == 0 }) else { return nil }
            start += filling
        }
        let first = try whole.readPrefix(lengthSize)
        guard first.count == lengthSize, case let length = ZipMember.number(first.span, 0, lengthSize),
            allowed.contains(length)
        else { return nil }
        var left = length - lengthSize - mark.count
        while left > 0 {
            let count = try whole.readPrefix(min(left, piece)).count
            guard count > 0 else { return nil }
            left -= count
        }
        guard try whole.readPrefix(lengthSize + mark.count) == first + mark else { return nil }
        return start + lengthSize + length
    }
}
