import Model

extension ReportCase {
    /// The leaky agent with a private key whose risk somebody accepted, which is all that breaks its rule.
    static let waived: ReportCase = {
        let example = ReportCase.leakyAgent
        let waiver = Waiver(
            id: "W-7", target: Waiver.Target(finding: Made.id(9), fingerprint: nil, rule: nil, images: []),
            justification: "=cmd|' /C calc'!A0 is not what we rotate before Friday", owner: "team-a",
            approver: "ciso", ticket: "SEC-12",
            validity: Validity(
                created: asOf.adding(days: -3), lastDay: asOf.adding(days: 10)),
            source: "waivers.yaml:3")
        let rules = example.assessment.rules.map { rule -> RuleResult in
            guard rule.id == "keys.private" else { return rule }
            return RuleResult(
                id: rule.id, title: rule.title, severity: rule.severity, effect: rule.effect, status: .waived,
                statusWithoutWaivers: rule.status, reason: "1 place breaks it, and is accepted",
                violations: rule.violations.map {
                    RuleResult.Violation(subject: $0.subject, id: $0.id, waiver: waiver.id)
                }, receipts: rule.receipts, remediation: rule.remediation, source: rule.source)
        }
        let subjects = rules.flatMap { rule in
            rule.violations.filter { $0.waiver != nil }.map { WaiverResult.Subject(rule: rule.id, id: $0.id) }
        }
        let judged = example.assessment
        let assessment = Assessment(
            image: judged.image, asOf: judged.asOf, policy: judged.policy, status: judged.status,
            reason: judged.reason, statusWithoutWaivers: judged.status,
            waivers: [
                WaiverResult(waiver, state: .active, reason: "it covers 1 finding", subjects: subjects)
            ],
            rules: rules, controls: judged.controls)
        return ReportCase(
            name: "waived", evidence: example.evidence, assessment: assessment, policy: example.policy)
    }()

    /// Every case, and the one with a waiver, of which no report is committed.
    static let withWaivers = all + [waived]
}
