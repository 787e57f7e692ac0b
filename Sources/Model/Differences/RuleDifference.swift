/// What became of one rule of the policy.
package struct RuleDifference: Hashable, Sendable, Codable {
    package let change: Change
    package let rule: String
    package let title: String
    package let severity: Severity
    /// Nil where the audit has no such rule.
    package let before: Status?
    /// Nil where the audit has no such rule.
    package let after: Status?
    package let reason: String

    package init(
        change: Change, rule: String, title: String, severity: Severity, before: Status?, after: Status?,
        reason: String
    ) {
        self.change = change
        self.rule = rule
        self.title = title
        self.severity = severity
        self.before = before
        self.after = after
        self.reason = reason
    }
}

extension RuleDifference: Comparable {
    package static func < (left: RuleDifference, right: RuleDifference) -> Bool {
        guard left.change == right.change else { return left.change < right.change }
        guard left.severity == right.severity else { return left.severity > right.severity }
        return left.rule < right.rule
    }
}
