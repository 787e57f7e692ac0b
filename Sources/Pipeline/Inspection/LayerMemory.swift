import ImageReading
import Model
import Synchronization

/// Reports on layers that were looked at, so that the next image with the same layer need not look at it again.
///
/// Only what was read to its last byte and proven is kept: then the digests say that it is the same. Memory is bounded;
/// the oldest reports go first. Behind it may stand a cache, which outlives the run.
final class LayerMemory: Sendable {
    /// All that a report depends on, but for the detectors, which are the same throughout a run.
    struct Key: Hashable, Sendable, CustomStringConvertible {
        private let digest: Digest
        private let diffID: Digest
        private let size: Int
        private let kind: LayerDescriptor.Kind

        init(_ layer: LayerDescriptor) {
            digest = layer.digest
            diffID = layer.diffID
            size = layer.size
            kind = layer.kind
        }

        var description: String { "\(digest) \(diffID) \(size) \(kind)" }
    }

    private struct State {
        var reports: [Key: LayerReport] = [:]
        /// The oldest first.
        var order: [Key] = []
        var weight = 0
    }

    /// About as many bytes as a base image of usual size takes many times over.
    static let usualCapacity = 12 << 20

    private let capacity: Int
    private let cache: LayerCache?
    private let state = Mutex(State())

    init(capacity: Int = LayerMemory.usualCapacity, cache: LayerCache? = nil) {
        self.capacity = capacity
        self.cache = cache
    }

    /// Whether there is something under that name, which may yet turn out to be no report.
    func mayKnow(_ key: Key) -> Bool {
        state.withLock { $0.reports[key] != nil } || cache?.mayKnow(key) ?? false
    }

    func report(for key: Key) -> LayerReport? {
        if let report = state.withLock({ $0.reports[key] }) { return report }
        let report = cache?.report(for: key)
        if let report { hold(report, for: key) }
        return report
    }

    func keep(_ report: LayerReport, for key: Key) {
        hold(report, for: key)
        cache?.keep(report, for: key)
    }

    private func hold(_ report: LayerReport, for key: Key) {
        guard report.isProven, report.weight <= capacity else { return }
        state.withLock { state in
            guard state.reports.updateValue(report, forKey: key) == nil else { return }
            state.order.append(key)
            state.weight += report.weight
            while state.weight > capacity, !state.order.isEmpty {
                let oldest = state.reports.removeValue(forKey: state.order.removeFirst())
                state.weight -= oldest?.weight ?? 0
            }
        }
    }
}
