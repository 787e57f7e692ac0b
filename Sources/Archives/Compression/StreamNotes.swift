internal import Synchronization

/// What a compressed stream says beside its content, where no program that uncompresses it looks: names, comments and
/// fields of gzip, frames that zstd passes over.
///
/// One thread may take down what another asks for later.
package final class StreamNotes: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var missing = 0
    }

    /// So many bytes are kept; the tables of contents that some tools put there are smaller.
    private static let limit = 4 << 20

    private let state = Mutex(State())

    package init() {}

    /// Those bytes that were kept, in their order, each piece with a line feed behind it.
    package var bytes: [UInt8] { state.withLock { $0.bytes } }
    /// How many more there were.
    package var missing: Int { state.withLock { $0.missing } }

    func add(_ piece: Span<UInt8>) {
        state.withLock { state in
            let count = min(piece.count, Self.limit - state.bytes.count)
            for index in 0..<count { state.bytes.append(piece[index]) }
            state.missing += piece.count - count
        }
    }

    /// Ends a piece, so that nothing is read over its end.
    func endPiece() {
        state.withLock { state in
            // It is no byte of the stream, so that none is missing where there is no room for it.
            if state.bytes.count < Self.limit { state.bytes.append(UInt8(ascii: "\n")) }
        }
    }
}
