internal import Dispatch
internal import Synchronization

/// A queue between two threads: one puts values in, the other waits for them, in order.
package final class Handover<Value: Sendable>: Sendable {
    private let waiting = DispatchSemaphore(value: 0)
    private let values = Mutex<[Value]>([])

    package init() {}

    package func put(_ value: Value) {
        values.withLock { $0.append(value) }
        waiting.signal()
    }

    /// Waits for the next value.
    package func take() -> Value {
        waiting.wait()
        return values.withLock { $0.removeFirst() }
    }
}
