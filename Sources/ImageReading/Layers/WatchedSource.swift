internal import Archives

/// A source that tells how much of it was read, each time another piece is complete.
final class WatchedSource: ByteSource {
    /// Small enough for a slow line to show that it moves, large enough to cost nothing.
    private static let piece = 256 << 10

    private let source: any ByteSource
    private let watch: (Int) -> Void
    private var count = 0
    private var told = 0

    init(_ source: any ByteSource, watch: @escaping (Int) -> Void) {
        self.source = source
        self.watch = watch
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let read = try source.read(into: &buffer)
        count += read
        if count - told >= Self.piece {
            told = count
            watch(count)
        }
        return read
    }
}
