internal import Dispatch
internal import Synchronization

/// How much memory decompressors, and what else takes files apart, may fill with what they must remember.
///
/// zstd and xz say at their start how far back they may refer: up to 128 MiB and up to 4 GiB. Memory is only touched as
/// output comes, so a stream that says much and holds little is read all the same; one that holds more than there is
/// memory for ends there, and says so. What a stream may take depends on nothing but the streams that it lies in, so
/// the answer is the same however many tasks there are.
package final class DecoderMemory: Sendable {
    /// What all streams that lie in each other may take together.
    static let allowance = 32 << 20
    /// What may be taken without waiting for one's turn.
    private static let share = 8 << 20

    /// One task at a time takes more than its share.
    ///
    /// Whoever has the turn waits for nobody, so it always comes round.
    private static let turn = DispatchSemaphore(value: 1)

    private let held = Mutex(0)
    private let takesTurns: Bool
    private let allowance: Int
    private let isRefused = Atomic(false)

    private init(takesTurns: Bool, allowance: Int) {
        self.takesTurns = takesTurns
        self.allowance = allowance
    }

    /// For the streams of one task.
    ///
    /// With `takesTurns`, those of other tasks that do so too may have to wait.
    package convenience init(takesTurns: Bool = false) {
        self.init(takesTurns: takesTurns, allowance: Self.allowance)
    }

    /// None at all, for whoever leaves to others what cannot be read without.
    package static func none() -> DecoderMemory { DecoderMemory(takesTurns: false, allowance: 0) }

    /// Whether there is any; who asks wants some.
    package func isOffered() -> Bool {
        if allowance == 0 { isRefused.store(true, ordering: .relaxed) }
        return allowance > 0
    }

    /// Whether somebody holds some of it.
    package var isHeld: Bool { held.withLock { $0 > 0 } }

    /// Whether none was had by somebody who wanted some, since this was asked last.
    package func takeRefusal() -> Bool { isRefused.exchange(false, ordering: .relaxed) }

    /// Takes as much of `bytes` as there is, and says how much that was.
    package func take(_ bytes: Int) -> Int {
        guard bytes <= 0 || isOffered() else { return 0 }
        return held.withLock { held in
            let before = held
            held += min(max(bytes, 0), allowance - held)
            if takesTurns, before <= Self.share, held > Self.share { Self.turn.wait() }
            return held - before
        }
    }

    /// Gives back what was taken.
    package func giveBack(_ bytes: Int) {
        held.withLock { held in
            let before = held
            held -= bytes
            if takesTurns, before > Self.share, held <= Self.share { Self.turn.signal() }
        }
    }
}
