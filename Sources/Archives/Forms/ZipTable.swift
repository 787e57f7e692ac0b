/// The table of members at the end of a zip, by which other programs go, as far as it can be held against the members.
package struct ZipTable: Sendable {
    /// More than any honest zip has; so many take some megabytes.
    package static let limit = 300_000

    /// In the order in which they stand in the zip, which need not be that of the table.
    private var members: [ZipMember] = []
    /// What the places in it count from: the zip's beginning, or that of the file.
    private var base = 0
    /// Why other programs may read another table, if they may.
    private var flaw: String?
    /// Where the record that all zips end with has its own end, counted as the table's place was, and how long the comment
    /// behind it is; nil where something else follows the table.
    package let end: (record: Int, comment: Int)?

    /// Reads the table that `source` begins with, or that follows the signature of a package in it.
    ///
    /// `place` is where in the zip that is.
    package init(_ source: any ByteSource, at place: Int) throws(ArchiveError) {
        var start = place
        var beginning = try source.readPrefix(ZipMember.tableLength)
        if !Self.isBeginning(beginning),
            let behind = try ZipSignature.pass(source, beginning: beginning, at: place)
        {
            beginning = try source.readPrefix(ZipMember.tableLength)
            start = behind
        }
        var length = 0
        while beginning.starts(with: ZipMember.tableMark), beginning.count == ZipMember.tableLength,
            members.count < Self.limit
        {
            func number(_ offset: Int) -> Int { ZipMember.number(beginning.span, offset, 2) }
            let rest = number(28) + number(30) + number(32)
            let entry = beginning + (try source.readPrefix(rest))
            guard entry.count == beginning.count + rest, let member = ZipMember(tableEntry: entry.span) else {
                break
            }
            members.append(member)
            length += entry.count
            beginning = try source.readPrefix(ZipMember.tableLength)
        }
        guard Self.isBeginning(beginning), let tail = try ZipTail(source, beginning: beginning) else {
            end = nil
            flaw =
                members.isEmpty
                ? "zip: other bytes lie between the members and their table"
                : "zip: something else than its end follows the table of members"
            return
        }
        members.sort { $0.isBefore($1) }
        end = (start + length + tail.length, tail.comment)
        base = start - tail.directory
        flaw = tail.flaw(members: members.count, table: start..<(start + length))
    }

    /// Whether a table may begin like that, or one without members end.
    private static func isBeginning(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: ZipMember.tableMark) || ZipTail.isBeginning(bytes)
    }

    /// Why other programs see something else in the zip than whoever read these members one after the other; nil where
    /// they do not.
    package func contradiction(to found: ZipListing) -> String? {
        let found = found.members
        if let flaw { return flaw }
        guard members.count == found.count else {
            return "zip: \(found.count) members were found, and \(members.count) stand in their table"
        }
        for (entry, member) in zip(members, found) {
            if let contradiction = entry.contradiction(to: member, base: base) { return contradiction }
        }
        return nil
    }
}
