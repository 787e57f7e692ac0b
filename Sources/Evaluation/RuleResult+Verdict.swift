internal import Model

extension RuleResult {
    /// The result of `rule` with this verdict: the only way from a verdict to a status and a reason.
    init(_ rule: Rule, _ verdict: RuleVerdict) {
        self.init(
            id: rule.id, title: rule.title, severity: rule.severity, effect: rule.effect,
            status: verdict.status, reason: verdict.reason, violations: verdict.violations,
            receipts: verdict.receipts, remediation: rule.remediation, source: rule.source)
    }
}

extension RuleVerdict {
    fileprivate var reason: String {
        switch self {
        case .pass(let coverage): "nothing found that breaks it; \(coverage.sentence)"
        case .violated(let violations, _, nil): violations.sentence
        case .violated(let violations, _, let caveat?):
            "\(violations.sentence); not everything was looked at: \(caveat.sentence)"
        case .notAssessed(let shortfall): "not assessed: \(shortfall.sentence)"
        case .notApplicable(let reason): reason
        case .error(let reason): reason
        }
    }

    fileprivate var violations: [RuleResult.Violation] {
        guard case .violated(let violations, _, _) = self else { return [] }
        return violations.subjects.map { RuleResult.Violation(subject: $0.kind, id: $0.id) }
    }

    fileprivate var receipts: [String] {
        guard case .pass(let coverage) = self else { return [] }
        return coverage.detectors
    }
}
