internal import Model
internal import Synchronization

/// Rules made ready for the second stage when one is first needed, for all scanners together: most rules never are.
final class ConfirmingRules: Sendable {
    private let rules: [DetectorRule]
    private let ready: Mutex<[ConfirmingRule?]>

    init(_ rules: [DetectorRule]) {
        self.rules = rules
        ready = Mutex(Array(repeating: nil, count: rules.count))
    }

    /// Throws where PCRE2 refuses one of the rule's patterns.
    func rule(_ index: Int) throws(DetectionError) -> ConfirmingRule {
        if let rule = ready.withLock({ $0[index] }) { return rule }
        // Not under the lock: two threads that make the same one lose less time than all that wait for one.
        let rule = try ConfirmingRule(rules[index])
        ready.withLock { $0[index] = rule }
        return rule
    }
}
