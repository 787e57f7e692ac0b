internal import Model

/// The rules, sorted by where they apply.
struct SecretRuleTable: Sendable {
    let rules: [DetectorRule]
    let confirming: ConfirmingRules
    let key: FingerprintKey
    /// Indices of rules whose places the first stage proposes; proposals are in the same order.
    let proposed: [Int]
    /// Of those, the ones that apply to some files only.
    let proposedByPath: PathIndex
    /// Indices of rules that apply to some metadata fields.
    let inFields: [Int]
    /// Indices of rules that go over the whole of some files.
    let searchedByPath: PathIndex
    /// Whether any rule has to know the path of the file.
    let asksForPaths: Bool

    init(rules: [DetectorRule], key: FingerprintKey) {
        self.rules = rules
        confirming = ConfirmingRules(rules)
        self.key = key
        asksForPaths = rules.contains { rule in
            rule.pathPattern != nil || rule.isProposed && !rule.paths.isEmpty
                || !rule.exceptions.allSatisfy(\.paths.isEmpty)
        }
        proposed = rules.indices.filter { rules[$0].isProposed }
        inFields = rules.indices.filter { !rules[$0].fields.isEmpty }
        proposedByPath = Self.index(rules, where: \.isProposed)
        searchedByPath = Self.index(rules) { !$0.isProposed }
    }

    /// Indices of the rules for this metadata field that do not apply everywhere.
    func rules(forField name: String) -> [Int] {
        inFields.filter { index in rules[index].fields.contains { $0.matches(name) } }
    }

    private static func index(
        _ rules: [DetectorRule], where isWanted: (DetectorRule) -> Bool
    ) -> PathIndex {
        let wanted = rules.indices.filter { isWanted(rules[$0]) }
        return PathIndex(wanted.flatMap { index in rules[index].paths.map { ($0, index) } })
    }
}
