internal import Model

/// Which rules each finding, item or image breaks, by id.
struct BrokenRules {
    private var rulesByID: [String: [String]] = [:]
    private var severities: [String: Severity] = [:]

    init(_ results: [RuleResult]) {
        for result in results {
            severities[result.id] = result.severity
            for violation in result.violations { rulesByID[violation.id, default: []].append(result.id) }
        }
    }

    func rules(of id: String) -> [String] { rulesByID[id] ?? [] }

    func severity(_ rule: String) -> Severity? { severities[rule] }
}
