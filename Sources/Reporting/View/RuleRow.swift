package import Model

/// One rule and what came out for it.
///
/// A value like any other; a class only because they are sorted, and many things refer to each, and copying each costs more.
package final class RuleRow: Sendable {
    let key: String
    package let id: SafeText
    package let title: SafeText
    package let severity: Severity
    package let effect: Rule.Effect
    package let status: Status
    package let reason: SafeText
    package let rationale: SafeText
    package let remediation: SafeText
    /// The subjects that break it, by number.
    package let subjects: [Int]
    /// Whether the image as a whole breaks it.
    package let imageItself: Bool
    /// The detectors whose receipts cover what it requires.
    package let receipts: [SafeText]
    package let requires: [SafeText]
    /// The file and line of the policy.
    package let source: SafeText
    package let controls: [(framework: SafeText, control: SafeText, relation: ControlEdge.Relation)]

    /// The rules as a reader should meet them: what needs attention first, then by severity, then by name.
    static func sorted(_ results: [RuleResult], policy: Policy, numbers: SubjectNumbers) -> [RuleRow] {
        let positions = Dictionary(policy.rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let rows = results.map { result in
            RuleRow(result, rule: positions[result.id].map { policy.rules[$0] }, numbers: numbers)
        }
        return rows.sorted { left, right in
            (left.status.attention, -left.severity.rank, left.key)
                < (right.status.attention, -right.severity.rank, right.key)
        }
    }

    private init(_ result: RuleResult, rule: Rule?, numbers: SubjectNumbers) {
        key = result.id
        id = .cleaning(result.id, limit: 120)
        title = .cleaning(result.title, limit: 200)
        severity = result.severity
        effect = result.effect
        status = result.status
        reason = .cleaning(result.reason, limit: 1000)
        rationale = .cleaning(rule?.rationale ?? "", limit: 1000)
        remediation = .cleaning(result.remediation, limit: 2000)
        subjects = Set(result.violations.compactMap { numbers[$0.id] }).sorted()
        imageItself = result.violations.contains { $0.subject == .image }
        receipts = result.receipts.map { .cleaning($0, limit: 120) }
        requires = rule?.requires.map { .word($0) } ?? []
        source = .cleaning(result.source, limit: 200)
        controls = (rule?.controls ?? []).map {
            (.cleaning($0.framework, limit: 60), .cleaning($0.control, limit: 60), $0.relation)
        }
    }
}
