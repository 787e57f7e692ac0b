internal import Model

extension RuleResult {
    /// The result of `rule` with this verdict: the only way from a verdict to a status and a reason.
    init(_ rule: Rule, _ verdict: RuleVerdict, accepting ledger: WaiverLedger) {
        let violations = verdict.subjects.map { subject in
            Violation(subject: subject.kind, id: subject.id, waiver: ledger.waiver(of: subject, in: rule))
        }
        let waived = violations.count { $0.waiver != nil }
        let status = verdict.status(acceptingAll: !violations.isEmpty && waived == violations.count)
        self.init(
            id: rule.id, title: rule.title, severity: rule.severity, effect: rule.effect, status: status,
            statusWithoutWaivers: verdict.status(acceptingAll: false),
            reason: verdict.reason + Self.acceptance(violations, waived: waived), violations: violations,
            receipts: verdict.receipts, remediation: rule.remediation, source: rule.source)
    }

    /// `; waived by build-token-2026`, `; 2 of them waived by …`.
    private static func acceptance(_ violations: [Violation], waived: Int) -> String {
        guard waived > 0 else { return "" }
        let names = Phrase.list(Set(violations.compactMap(\.waiver)).sorted(), limit: 3)
        return waived == violations.count ? "; waived by \(names)" : "; \(waived) of them waived by \(names)"
    }
}

extension RuleVerdict {
    fileprivate var reason: String {
        switch self {
        case .pass(let coverage, tolerated: 0): "nothing found that breaks it; \(coverage.sentence)"
        case .pass(let coverage, let count): "\(count) found, which it lets be; \(coverage.sentence)"
        case .violated(let violations, _, nil): violations.sentence
        case .violated(let violations, _, let caveat?):
            "\(violations.sentence); not everything was looked at: \(caveat.sentence)"
        case .notAssessed(let shortfall): "not assessed: \(shortfall.sentence)"
        case .notApplicable(let reason): reason
        case .error(let reason): reason
        }
    }

    fileprivate var subjects: [Violations.Subject] {
        guard case .violated(let violations, _, _) = self else { return [] }
        return violations.subjects
    }

    fileprivate var receipts: [String] {
        guard case .pass(let coverage, _) = self else { return [] }
        return coverage.detectors
    }
}
