/// The table of members at the end of a zip, by which other programs go, as far as it can be held against the members.
package struct ZipTable: Sendable {
    /// What is said of one member.
    package struct Member: Hashable, Sendable {
        /// The number of its compression; nil where nobody can say.
        package let method: Int?
        /// Whether it is a folder, or something else that is taken to have no content.
        package let isFolder: Bool
        /// Whether it has content; nil where that is not said.
        package let hasContent: Bool?

        package init(method: Int?, isFolder: Bool, hasContent: Bool?) {
            (self.method, self.isFolder, self.hasContent) = (method, isFolder, hasContent)
        }
    }

    private static let mark: [UInt8] = [0x50, 0x4b, 1, 2]
    private static let entryLength = 46
    private static let longestRecords = 128 << 10
    /// More than any honest zip has; so many take some megabytes.
    package static let limit = 300_000

    /// In the order in which they stand in the zip, which need not be that of the table.
    package let members: [Member]
    /// Where the record that all zips end with has its own end, counted from the table's beginning, and how long the
    /// comment behind it is; nil where something else follows the table.
    package let end: (record: Int, comment: Int)?

    /// Reads the table that `source` begins with.
    package init(_ source: any ByteSource) throws(ArchiveError) {
        var entries: [(place: Int, member: Member)] = []
        var isPlaced = true
        var length = 0
        var behind: [UInt8] = []
        while entries.count < Self.limit {
            let entry = try source.readPrefix(Self.entryLength)
            guard entry.count == Self.entryLength, entry.starts(with: Self.mark) else {
                behind = entry
                break
            }
            func number(_ offset: Int, _ length: Int) -> Int {
                (0..<length).reversed().reduce(0) { $0 << 8 | Int(entry[offset + $1]) }
            }
            let name = try source.readPrefix(number(28, 2))
            let more = number(30, 2) + number(32, 2)
            guard name.count == number(28, 2), try source.readPrefix(more).count == more else { break }
            length += Self.entryLength + name.count + more
            // The larger numbers of large zips stand elsewhere, and the table of those is in order anyway.
            if number(42, 4) == 0xffff_ffff { isPlaced = false }
            entries.append(
                (
                    number(42, 4),
                    Member(
                        method: number(10, 2), isFolder: name.last == UInt8(ascii: "/"),
                        hasContent: number(24, 4) > 0)
                ))
        }
        if isPlaced { entries.sort { $0.place < $1.place } }
        members = entries.map(\.member)
        end = try Self.end(in: source, beginning: behind).map { (length + $0.record, $0.comment) }
    }

    /// Passes over the records that may stand between the table and the one that all zips end with, which begin with
    /// `beginning`.
    private static func end(
        in source: any ByteSource, beginning: [UInt8]
    ) throws(ArchiveError) -> (record: Int, comment: Int)? {
        var bytes = beginning
        var place = 0
        while place <= longestRecords {
            if bytes.count < place + ZipTrailer.recordLength {
                bytes += try source.readPrefix(place + ZipTrailer.recordLength - bytes.count)
            }
            guard bytes.count >= place + ZipTrailer.recordLength, bytes[place...].starts(with: [0x50, 0x4b])
            else { return nil }
            func number(_ offset: Int, _ length: Int) -> Int {
                (0..<length).reversed().reduce(0) { $0 << 8 | Int(bytes[place + offset + $1]) }
            }
            switch (bytes[place + 2], bytes[place + 3]) {
            case (5, 6): return (place + ZipTrailer.recordLength, number(20, 2))
            // Where the larger numbers of large zips are, and those numbers themselves.
            case (6, 7): place += 20
            case (6, 6): place += 12 + number(4, 4)
            // A signature of the table.
            case (5, 5): place += 6 + number(4, 2)
            default: return nil
            }
        }
        return nil
    }

    /// Why other programs see something else in the zip than whoever read these members one after the other; nil where
    /// they do not.
    package func contradiction(to found: [Member]) -> String? {
        guard members.count == found.count else {
            return "zip: \(found.count) members were found, and \(members.count) stand in their table"
        }
        for (entry, member) in zip(members, found) {
            if let method = member.method, method != entry.method {
                return "zip: a member is compressed in another way than the table of members says"
            }
            if member.isFolder, entry.hasContent ?? false {
                return "zip: a member that is called a folder has content, which is not looked at"
            }
        }
        return nil
    }
}
