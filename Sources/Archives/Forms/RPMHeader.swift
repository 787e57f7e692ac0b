/// What an RPM package has before its payload: a lead, the signatures and the header, each table with its own length.
///
/// libarchive could pass over it as well, but would then take off the payload's compression without our bounds.
enum RPMHeader {
    static let mark: [UInt8] = [0xed, 0xab, 0xee, 0xdb]

    private static let leadLength = 96
    private static let tableMark: [UInt8] = [0x8e, 0xad, 0xe8, 0x01]

    /// Reads `source`, from its first byte on, up to the payload.
    static func pass(_ source: any ByteSource) throws(ArchiveError) {
        guard try source.readPrefix(leadLength).count == leadLength else { throw truncated }
        let signatures = try passTable(source)
        // The signatures, and only they, are filled up to a multiple of eight.
        try pass((8 - signatures % 8) % 8, of: source)
        _ = try passTable(source)
    }

    /// Passes over 16 bytes, so many entries of 16 bytes, and so many bytes of values; says how many that were.
    private static func passTable(_ source: any ByteSource) throws(ArchiveError) -> Int {
        let table = try source.readPrefix(16)
        guard table.count == 16 else { throw truncated }
        guard table.starts(with: tableMark) else {
            throw ArchiveError(.malformed, "RPM package has no header where one is due")
        }
        let length = number(table[8..<12]) * 16 + number(table[12..<16])
        try pass(length, of: source)
        return length
    }

    private static func pass(_ count: Int, of source: any ByteSource) throws(ArchiveError) {
        var left = count
        while left > 0 {
            let piece = try source.readPrefix(min(left, 64 << 10))
            guard !piece.isEmpty else { throw truncated }
            left -= piece.count
        }
    }

    private static var truncated: ArchiveError { ArchiveError(.truncated, "RPM package ends in its headers") }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
