/// A change to a rule that is written elsewhere: another severity or confidence, or off, and why.
package struct DetectorTuning: Hashable, Sendable {
    /// The rule's.
    package let id: String
    package let severity: Severity?
    package let confidence: Confidence?
    package let isDisabled: Bool
    package let reason: String
    /// Where it is written, `rules.yaml:12`.
    package let source: String

    package init(
        id: String, severity: Severity? = nil, confidence: Confidence? = nil, isDisabled: Bool = false,
        reason: String, source: String
    ) {
        self.id = id
        self.severity = severity
        self.confidence = confidence
        self.isDisabled = isDisabled
        self.reason = reason
        self.source = source
    }

    /// The rule as changed; nil where it is switched off.
    package func applied(to rule: DetectorRule) -> DetectorRule? {
        guard !isDisabled else { return nil }
        var rule = rule
        rule.severity = severity ?? rule.severity
        rule.confidence = confidence ?? rule.confidence
        return rule
    }

    /// What was changed and why, in a line, as receipts have it.
    package func note(on rule: DetectorRule) -> String {
        var changes: [String] = []
        if let severity {
            changes.append("severity \(severity.rawValue) instead of \(rule.severity.rawValue)")
        }
        if let confidence {
            changes.append("confidence \(confidence.rawValue) instead of \(rule.confidence.rawValue)")
        }
        if isDisabled { changes = ["switched off"] }
        return "rule \(id): \(changes.joined(separator: ", ")) (\(source)): \(reason)"
    }
}
