internal import Archives

/// A source that ends one byte behind its limit: enough to see that it is too long, and no more, for it may be endless.
final class CappedSource: ByteSource {
    private let source: any ByteSource
    private var left: Int

    init(_ source: any ByteSource, limit: Int) {
        self.source = source
        left = limit + 1
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        guard left > 0 else { return 0 }
        let count = min(try source.read(into: &buffer), left)
        left -= count
        return count
    }
}
