internal import Archives

/// A sink that keeps nothing, and tells whether what was written is what was expected.
final class ComparingSink: ByteSink {
    /// How what was expected compares with what was written.
    enum Comparison: Hashable {
        case same
        /// It ends so many bytes early, or has so many behind the end.
        case shorter(Int), longer(Int)
        /// It has other bytes.
        case other
    }

    private let expected: [UInt8]
    private var position = 0
    private var isSame = true

    init(_ expected: [UInt8]) { self.expected = expected }

    /// What came of it once all is written.
    var comparison: Comparison {
        guard isSame else { return .other }
        let difference = expected.count - position
        return difference == 0 ? .same : difference < 0 ? .shorter(-difference) : .longer(difference)
    }

    func write(_ bytes: Span<UInt8>) throws(ArchiveWriteError) {
        guard isSame else { return }
        let comparable = min(bytes.count, max(expected.count - position, 0))
        for index in 0..<comparable where bytes[index] != expected[position + index] {
            isSame = false
            return
        }
        position += bytes.count
    }

    func finish() throws(ArchiveWriteError) {}
}
