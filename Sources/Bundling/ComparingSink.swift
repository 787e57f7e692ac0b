internal import Archives

/// A sink that keeps nothing, and tells whether what was written is what was expected.
final class ComparingSink: ByteSink {
    private let expected: [UInt8]
    private var position = 0
    private var isSame = true

    init(_ expected: [UInt8]) { self.expected = expected }

    /// Whether exactly the expected bytes were written.
    var isMatched: Bool { isSame && position == expected.count }

    func write(_ bytes: Span<UInt8>) throws(ArchiveWriteError) {
        guard isSame, bytes.count <= expected.count - position else {
            isSame = false
            return
        }
        for index in bytes.indices where bytes[index] != expected[position + index] {
            isSame = false
            return
        }
        position += bytes.count
    }

    func finish() throws(ArchiveWriteError) {}
}
