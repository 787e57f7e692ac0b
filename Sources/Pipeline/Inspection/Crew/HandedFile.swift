import Archives
import Model
import Synchronization

/// A file that one thread read, and that whichever thread comes first inspects.
final class HandedFile: Sendable {
    private enum State: Sendable {
        case waiting
        case begun
        case inspected(FileInspection.Result)
        /// To be inspected by the thread that read it.
        case returned
    }

    let entry: FileEntry
    private let bytes: [UInt8]
    private let state = Mutex(State.waiting)

    init(_ entry: FileEntry, _ bytes: [UInt8]) {
        self.entry = entry
        self.bytes = bytes
    }

    var size: Int { bytes.count }
    /// From the first byte on, each time.
    var content: MemoryByteSource { MemoryByteSource(bytes) }

    /// Takes it on, unless another did.
    func begin() -> Bool {
        state.withLock { state in
            guard case .waiting = state else { return false }
            state = .begun
            return true
        }
    }

    /// Says what it held; nil returns it to the thread that read it.
    func end(_ result: FileInspection.Result?) {
        state.withLock { $0 = result.map(State.inspected) ?? .returned }
    }

    /// Whether it was inspected or returned.
    var isEnded: Bool {
        state.withLock { state in
            switch state {
            case .waiting, .begun: false
            case .inspected, .returned: true
            }
        }
    }

    /// What it held; nil where it was not inspected.
    var result: FileInspection.Result? {
        state.withLock { if case .inspected(let result) = $0 { result } else { nil } }
    }
}
