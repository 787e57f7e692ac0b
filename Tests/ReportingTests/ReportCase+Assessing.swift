import Model

extension ReportCase {
    /// What came out for one rule: what breaks it, or why nobody knows.
    enum Outcome: Sendable {
        case broken([RuleResult.Violation])
        case unknown(String)
    }

    /// A case whose rules all pass but those named; controls follow from their rules as in the real evaluation.
    static func make(
        _ name: String, evidence: Evidence, outcomes: [String: Outcome], receipts: [String],
        policy: Policy = SamplePolicy.policy
    ) -> ReportCase {
        let results = policy.rules.map { result($0, outcome: outcomes[$0.id], receipts: receipts) }
        let status = results.map(\.status).min { rank($0) < rank($1) } ?? .notAssessed
        let assessment = Assessment(
            image: evidence.image, asOf: asOf,
            policy: Assessment.PolicyReference(id: policy.id, title: policy.title, digest: policy.digest),
            status: status, reason: reason(status, results), rules: results,
            controls: policy.frameworks.flatMap { framework in
                framework.controls.map { control($0, in: framework, rules: policy.rules, results: results) }
            })
        return ReportCase(name: name, evidence: evidence, assessment: assessment, policy: policy)
    }

    private static func result(_ rule: Rule, outcome: Outcome?, receipts: [String]) -> RuleResult {
        var status = Status.pass
        var reason =
            "nothing breaks it, and \(receipts.joined(separator: ", ")) looked at everything it needs"
        var violations: [RuleResult.Violation] = []
        switch outcome {
        case .broken(let found):
            status = rule.effect == .fail ? .fail : .warn
            reason = found.count == 1 ? "1 place breaks it" : "\(found.count) places break it"
            violations = found
        case .unknown(let why):
            status = .notAssessed
            reason = why
        case nil:
            break
        }
        return RuleResult(
            id: rule.id, title: rule.title, severity: rule.severity, effect: rule.effect, status: status,
            reason: reason, violations: violations, receipts: status == .notAssessed ? [] : receipts,
            remediation: rule.remediation, source: rule.source)
    }

    private static func control(
        _ control: Control, in framework: Framework, rules: [Rule], results: [RuleResult]
    ) -> ControlResult {
        let contributions = zip(rules, results).compactMap { rule, result in
            rule.controls.first { $0.framework == framework.id && $0.control == control.id }.map {
                ControlResult.Contribution(
                    rule: rule.id, relation: $0.relation, status: result.status, rationale: $0.rationale)
            }
        }
        let status = contributions.map(\.status).min { rank($0) < rank($1) } ?? .manual
        let reason =
            contributions.isEmpty
            ? "no rule speaks to it: a person has to judge it"
            : "\(contributions.count { $0.status == .pass }) of \(contributions.count) rules pass"
        return ControlResult(
            framework: framework.id, id: control.id, title: control.title, group: control.group,
            reach: control.reach, status: status, reason: reason, contributions: contributions)
    }

    private static func reason(_ status: Status, _ results: [RuleResult]) -> String {
        let broken = results.count { $0.status == .fail }
        let unknown = results.count { $0.status == .notAssessed }
        return switch status {
        case .notAssessed:
            "\(unknown) of \(results.count) rules could not be judged, and \(broken) are broken"
        case .fail: "\(broken) of \(results.count) rules are broken"
        default: "all \(results.count) rules are met"
        }
    }

    private static func rank(_ status: Status) -> Int {
        let order: [Status] = [.error, .notAssessed, .fail, .warn, .waived, .pass, .manual, .notApplicable]
        return order.firstIndex(of: status) ?? order.count
    }
}
