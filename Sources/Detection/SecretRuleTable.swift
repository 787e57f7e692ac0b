internal import Model

/// The rules, sorted by where they apply.
struct SecretRuleTable: Sendable {
    let rules: [DetectorRule]
    let confirming: ConfirmingRules
    let key: FingerprintKey
    /// Indices of rules that apply to all files and all metadata; proposals are in the same order.
    let everywhere: [Int]
    /// Indices of rules that apply to some metadata fields.
    let inFields: [Int]
    /// Indices of rules that apply to some files.
    let byPath: PathIndex
    /// Whether any rule has to know the path of the file.
    let asksForPaths: Bool

    init(rules: [DetectorRule], key: FingerprintKey) {
        self.rules = rules
        confirming = ConfirmingRules(rules)
        self.key = key
        asksForPaths = rules.contains { $0.pathPattern != nil || !$0.exceptions.allSatisfy(\.paths.isEmpty) }
        everywhere = rules.indices.filter { rules[$0].isProposed }
        inFields = rules.indices.filter { !rules[$0].fields.isEmpty }
        byPath = PathIndex(rules.indices.flatMap { index in rules[index].paths.map { ($0, index) } })
    }

    /// Indices of the rules for this metadata field that do not apply everywhere.
    func rules(forField name: String) -> [Int] {
        inFields.filter { index in rules[index].fields.contains { $0.matches(name) } }
    }
}
