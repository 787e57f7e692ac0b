/// Zlib streams that stand in other bytes, one at a time and each to its own end.
///
/// Between two streams the bytes of the source can be had as they are; so formats that mix both are read in one pass.
package final class ZlibStreams: ByteSource {
    private let streams: InflatedStreams
    /// How many bytes of the stream at hand came out so far.
    package private(set) var produced = 0

    package init(_ source: any ByteSource) { streams = InflatedStreams(source, .zlib) }

    /// How many bytes of the source are used up.
    package var position: Int { streams.position }

    /// Whether a stream may begin with these bytes.
    package static func isHeader(_ first: UInt8, _ second: UInt8) -> Bool {
        // Deflate with a window that is allowed, no dictionary, and the check that makes it divisible.
        first & 0x0f == 8 && first >> 4 <= 7 && second & 0x20 == 0
            && (Int(first) << 8 | Int(second)).isMultiple(of: 31)
    }

    /// The next byte as it stands in the source; only between streams.
    package func nextByte() throws(ArchiveError) -> UInt8 {
        guard let byte = streams.nextByte() else {
            throw streams.failure ?? ArchiveError(.truncated, "bytes end where more are due")
        }
        return byte
    }

    /// Begins the stream that stands next in the source, what is left of the one before being passed over.
    package func begin() throws(ArchiveError) {
        if streams.isInside { _ = try drain() }
        let header = (try nextByte(), try nextByte())
        guard Self.isHeader(header.0, header.1) else {
            throw ArchiveError(.malformed, "no zlib stream where one is due")
        }
        streams.begin()
        produced = 0
    }

    /// The same; false where none stands there.
    package func beginNext() throws(ArchiveError) -> Bool {
        guard let first = streams.nextByte(), let second = streams.nextByte() else {
            if let failure = streams.failure { throw failure }
            return false
        }
        guard Self.isHeader(first, second) else { return false }
        streams.begin()
        produced = 0
        return true
    }

    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        var count = 0
        while count == 0, streams.isInside, streams.failure == nil, !buffer.isEmpty {
            count = unsafe buffer.withUnsafeMutableBufferPointer { unsafe streams.inflate(into: $0) }
        }
        if count == 0, let failure = streams.failure { throw failure }
        produced += count
        return count
    }
}
