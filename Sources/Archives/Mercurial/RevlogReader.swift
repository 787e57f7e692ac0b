/// The revisions of a file in a Mercurial repository, one behind the other, each with its bytes behind what is said of it.
///
/// Each is a text or a change to one, in which what was added stands as it is.
package final class RevlogReader {
    /// One revision, as it is stored.
    package struct Revision {
        /// Where in the file its bytes begin.
        package let place: Int
        fileprivate let stored: BoundedByteSource
    }

    private static let headerLength = 64
    private let source: any ByteSource
    private var position = 0
    private var last: BoundedByteSource?

    package init(_ source: any ByteSource) { self.source = source }

    /// Whether a file that begins with `bytes` is a revision log of the one version in use, and holds its revisions itself.
    static func isBegun(by bytes: Span<UInt8>) -> Bool {
        // Flags, of which one says where the revisions are, the version, a first revision at the start of all, and behind
        // the hash of it the room that a longer one would take.
        bytes.count >= headerLength && bytes[0] == 0 && bytes[1] & 0xfd == 1 && bytes[2] == 0 && bytes[3] == 1
            && (4..<6).allSatisfy { bytes[$0] == 0 } && (52..<64).allSatisfy { bytes[$0] == 0 }
    }

    /// What stands next; nil behind the last.
    package func next() throws(ArchiveError) -> Revision? {
        if let last {
            _ = try last.drain()
            guard last.left == 0 else { throw ArchiveError(.truncated, "a revision ends early") }
        }
        let header = try source.readPrefix(Self.headerLength)
        guard !header.isEmpty else { return nil }
        guard header.count == Self.headerLength else {
            throw ArchiveError(.truncated, "what is said of a revision ends early")
        }
        let length = header[8..<12].reduce(0) { $0 << 8 | Int($1) }
        guard length < 1 << 31 else {
            throw ArchiveError(.malformed, "a revision has no length that there is")
        }
        position += Self.headerLength
        defer { position += length }
        let stored = BoundedByteSource(source, count: length)
        last = stored
        return Revision(place: position, stored: stored)
    }

    /// What a revision holds, however it is compressed.
    package func content(
        of revision: Revision, memory: DecoderMemory
    ) throws(ArchiveError) -> any ByteSource {
        let first = try revision.stored.readPrefix(1)
        let whole = PrefixedByteSource(prefix: first, rest: revision.stored)
        switch first.first {
        case UInt8(ascii: "x"):
            let streams = ZlibStreams(whole)
            try streams.begin()
            return streams
        case UInt8(ascii: "("): return try Compression.zstd.content(of: whole, memory: memory)
        // The mark of what is not compressed; text that begins with a zero goes without.
        case UInt8(ascii: "u"): return revision.stored
        default: return whole
        }
    }
}
