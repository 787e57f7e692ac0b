internal import Model

/// Which rules each finding, item or image breaks, by id.
struct BrokenRules {
    /// Many things break the same rules, so that each list of them is kept once.
    private var lists: [[String]] = [[]]
    private var listOf: [String: Int] = [:]
    private var severities: [String: Severity] = [:]

    init(_ results: [RuleResult]) {
        for result in results {
            severities[result.id] = result.severity
            var longer: [Int: Int] = [:]
            for violation in result.violations {
                let list = listOf[violation.id] ?? 0
                if let known = longer[list] {
                    listOf[violation.id] = known
                } else {
                    longer[list] = lists.count
                    listOf[violation.id] = lists.count
                    lists.append(lists[list] + [result.id])
                }
            }
        }
    }

    func rules(of id: String) -> [String] { lists[listOf[id] ?? 0] }

    func severity(_ rule: String) -> Severity? { severities[rule] }
}
