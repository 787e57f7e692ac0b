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
    /// More than any honest zip has; so many take some megabytes.
    package static let limit = 300_000

    /// In the order in which they stand in the zip, which need not be that of the table.
    package let members: [Member]

    /// Reads the table that `source` begins with.
    package init(_ source: any ByteSource) throws(ArchiveError) {
        var entries: [(place: Int, member: Member)] = []
        var isPlaced = true
        while entries.count < Self.limit {
            let entry = try source.readPrefix(Self.entryLength)
            guard entry.count == Self.entryLength, entry.starts(with: Self.mark) else { break }
            func number(_ offset: Int, _ length: Int) -> Int {
                (0..<length).reversed().reduce(0) { $0 << 8 | Int(entry[offset + $1]) }
            }
            let name = try source.readPrefix(number(28, 2))
            let more = number(30, 2) + number(32, 2)
            guard name.count == number(28, 2), try source.readPrefix(more).count == more else { break }
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
