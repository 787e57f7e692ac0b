internal import Cryptography
internal import Synchronization

/// The SHA-256 and the count of bytes that pass by, on whatever thread that happens.
final class RunningDigest: Sendable {
    private struct State: ~Copyable {
        var hasher = SHA256Hasher()
        var count = 0
    }

    private let state = Mutex(State())

    /// Bytes so far.
    var count: Int { state.withLock { $0.count } }

    func update(_ bytes: Span<UInt8>) {
        state.withLock { state in
            state.hasher.update(bytes)
            state.count += bytes.count
        }
    }

    /// The digest of what passed by; what comes afterwards is hashed anew.
    func finish() -> [UInt8] {
        state.withLock { state in
            var finished = SHA256Hasher()
            swap(&finished, &state.hasher)
            return finished.finish()
        }
    }
}
