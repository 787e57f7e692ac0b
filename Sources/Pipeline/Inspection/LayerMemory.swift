import ImageReading
import Model
import Synchronization

/// Reports on layers that were looked at, so that the next image with the same layer need not look at it again.
///
/// Only what was read to its last byte and proven is kept: then the digests say that it is the same. Memory is bounded;
/// the oldest reports go first. Behind it may stand a cache, which outlives the run.
final class LayerMemory: Sendable {
    /// All that a report depends on, but for the detectors, which are the same throughout a run, and its form, whose digest
    /// was found to name these bytes.
    struct Key: Hashable, Sendable {
        /// What a layer holds, whatever it is compressed with.
        struct Content: Hashable, Sendable, CustomStringConvertible {
            fileprivate let diffID: Digest
            fileprivate let kind: LayerDescriptor.Kind

            var description: String { "\(diffID) \(kind)" }
        }

        /// A layer as it is stored.
        struct Form: Hashable, Sendable, Codable {
            fileprivate let digest: Digest
            fileprivate let size: Int
        }

        let content: Content
        let form: Form

        init(_ layer: LayerDescriptor) {
            content = Content(diffID: layer.diffID, kind: layer.kind)
            form = Form(digest: layer.digest, size: layer.size)
        }
    }

    /// A report on a layer, in the form that was asked about or in another.
    struct Known: Sendable {
        let report: LayerReport
        let isOfThisForm: Bool
    }

    private struct State {
        var reports: [Key: LayerReport] = [:]
        /// Of each content the form whose report holds of every other.
        var forms: [Key.Content: Key] = [:]
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

    /// Whether there is something of that layer, in whatever form, which may yet turn out to be no report.
    func mayKnow(_ key: Key) -> Bool {
        let isHeld = state.withLock { $0.reports[key] != nil || $0.forms[key.content] != nil }
        return isHeld || cache?.mayKnow(key) ?? false
    }

    func report(for key: Key) -> Known? {
        let held = state.withLock { state -> Known? in
            if let report = state.reports[key] { return Known(report: report, isOfThisForm: true) }
            return state.forms[key.content].flatMap { state.reports[$0] }
                .map { Known(report: $0, isOfThisForm: false) }
        }
        if let held { return held }
        let kept = cache?.report(for: key)
        if let kept, kept.isOfThisForm { hold(kept.report, for: key) }
        return kept
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
            if report.isOfEveryForm { state.forms[key.content] = key }
            state.weight += report.weight
            while state.weight > capacity, !state.order.isEmpty {
                let oldest = state.order.removeFirst()
                if state.forms[oldest.content] == oldest { state.forms[oldest.content] = nil }
                state.weight -= state.reports.removeValue(forKey: oldest)?.weight ?? 0
            }
        }
    }
}
