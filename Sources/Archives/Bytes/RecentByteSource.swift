/// A stream on its way to a reader that takes more of it than it needs, of which what was read last is kept for another.
package final class RecentByteSource: ByteSource {
    /// Far more than what libarchive takes at a time.
    private static let kept = 256 << 10

    private let source: any ByteSource
    private var recent: [UInt8] = []
    private var position = 0

    package init(_ source: any ByteSource) { self.source = source }

    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let count = try source.read(into: &buffer)
        position += count
        if recent.count + count > 2 * Self.kept { recent.removeFirst(max(0, recent.count - Self.kept)) }
        let bytes = buffer.span.extracting(0..<count)
        unsafe bytes.withUnsafeBufferPointer { unsafe recent.append(contentsOf: $0) }
        return count
    }

    /// What lies there in the stream; nothing where not all of it is at hand.
    func bytes(_ range: Range<Int>) -> [UInt8] {
        let start = position - recent.count
        guard start <= range.lowerBound, range.upperBound <= position else { return [] }
        return Array(recent[(range.lowerBound - start)..<(range.upperBound - start)])
    }

    /// What follows the first `place` bytes of the stream, to its end; nil where that is not at hand any more.
    package func rest(from place: Int) -> (any ByteSource)? {
        let start = position - recent.count
        guard (start...position).contains(place) else { return nil }
        return PrefixedByteSource(prefix: Array(recent[(place - start)...]), rest: source)
    }
}
