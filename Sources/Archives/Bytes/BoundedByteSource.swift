/// The next bytes of a source, so many and no more.
final class BoundedByteSource: ByteSource {
    private let source: any ByteSource
    /// How many are still to come.
    private(set) var left: Int

    init(_ source: any ByteSource, count: Int) {
        self.source = source
        left = count
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        guard left > 0, !buffer.isEmpty else { return 0 }
        guard buffer.count > left else {
            let count = try source.read(into: &buffer)
            left -= count
            return count
        }
        var piece = [UInt8](repeating: 0, count: left)
        var room = piece.mutableSpan
        let count = try source.read(into: &room)
        for index in 0..<count { buffer[index] = piece[index] }
        left -= count
        return count
    }
}
