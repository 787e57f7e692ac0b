/// The members of a zip by their own headers, as they are read one after the other.
package struct ZipListing: Sendable {
    /// No header is longer.
    private static let longestHeader = ZipMember.localLength + 2 * 0xffff
    /// The longest record of how long a member's content is.
    private static let longestRecord = 24

    package private(set) var members: [ZipMember] = []
    /// Where the content of the last one begins, if what stands behind it says how long it is.
    private var contentStart: Int?
    package var isEmpty: Bool { members.isEmpty }

    package init() {}

    /// Takes down `entry`, which `archive` is at; `source` has what it read last.
    package mutating func add(_ entry: ArchiveEntry, of archive: ArchiveReader, from source: RecentByteSource)
    {
        let end = archive.position
        let start = max(archive.headerPosition, end - Self.longestHeader)
        let bytes = source.bytes(start..<end)
        let offset = Self.header(in: bytes.span, mayBeFollowed: start == archive.headerPosition)
        settle(at: offset.map { start + $0 } ?? archive.headerPosition, source)
        guard members.count < ZipTable.limit else { return }
        guard let offset else { return members.append(ZipMember()) }
        let header = bytes.span.extracting(offset...)
        guard !ZipMember.isFiller(localHeader: header) else { return }
        let member = ZipMember(localHeader: header, at: start + offset, isFolder: entry.kind != .file)
        members.append(member ?? ZipMember())
        if members.last?.isMeasuredBehind ?? false { contentStart = end }
    }

    /// Takes down where the last member ends, behind which `archive` has no other, and returns that.
    package mutating func end(_ archive: ArchiveReader, from source: RecentByteSource) -> Int {
        var end = archive.headerPosition
        // Behind a folder that is compressed, as Java writes them, libarchive stops at the record of how long it is.
        let behind = end + Self.emptyRecord.count
        if contentStart == end - 2, source.bytes(end..<behind) == Self.emptyRecord { end = behind }
        settle(at: end, source)
        return end
    }

    /// The record of how long nothing is, compressed.
    private static let emptyRecord: [UInt8] = [0x50, 0x4b, 7, 8, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]

    private mutating func settle(at end: Int, _ source: RecentByteSource) {
        guard let start = contentStart.take(), let last = members.indices.last else { return }
        let bytes = source.bytes(max(start, end - Self.longestRecord)..<max(start, end))
        members[last].measure(from: start, to: end, by: bytes.span)
    }

    /// Where the header is that `bytes` end with; nil where it is not among them.
    ///
    /// What was passed over to get there may be longer, and then a header only looks like one that reaches to the end.
    private static func header(in bytes: Span<UInt8>, mayBeFollowed isWhole: Bool) -> Int? {
        var start = 0
        while let next = ByteSearch.first(of: ZipMember.localMark, in: bytes.extracting(start...)) {
            start += next
            let length = ZipMember.length(ofLocalHeader: bytes.extracting(start...))
            if length == bytes.count - start { return start }
            if isWhole { return length == nil ? nil : start }
            start += 1
        }
        return nil
    }
}
