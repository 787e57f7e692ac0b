internal import Cryptography
internal import Model

/// Finds what the rules of `Policies/detectors/` describe, in files and in metadata.
struct SecretDetector: Detector {
    let id = "palimpsest.secrets"
    let version = "1"
    let provides: [EvidenceClass] = [.secrets]
    let rules: Digest?
    let proposals: [ProposingPattern]
    let table: SecretRuleTable

    init(rules: [DetectorRule], key: FingerprintKey) {
        self.rules = Digest(sha256: SHA256Hasher.hash(rules.flatMap(RuleText.bytes)))
        table = SecretRuleTable(rules: rules, key: key)
        proposals = table.everywhere.map { index in
            ProposingPattern(pattern: rules[index].pattern, place: ConfirmingRule.place(of: rules[index]))
        }
    }

    func makeScanner() -> any DetectorScanner { SecretScanner(table: table, detector: id) }
}

/// The rules, sorted by where they apply.
struct SecretRuleTable: Sendable {
    let rules: [DetectorRule]
    let key: FingerprintKey
    /// Indices of rules that apply to all files and all metadata; proposals are in the same order.
    let everywhere: [Int]
    /// Indices of rules that apply to some metadata fields.
    let inFields: [Int]
    /// Indices of rules that apply to some files.
    let byPath: PathIndex

    init(rules: [DetectorRule], key: FingerprintKey) {
        self.rules = rules
        self.key = key
        everywhere = rules.indices.filter { rules[$0].paths.isEmpty && rules[$0].fields.isEmpty }
        inFields = rules.indices.filter { !rules[$0].fields.isEmpty }
        byPath = PathIndex(rules.indices.flatMap { index in rules[index].paths.map { ($0, index) } })
    }

    /// Indices of the rules for this metadata field that do not apply everywhere.
    func rules(forField name: String) -> [Int] {
        inFields.filter { index in rules[index].fields.contains { $0.matches(name) } }
    }
}

/// A rule as bytes: two rules have the same only if they work the same.
enum RuleText {
    static func bytes(_ rule: DetectorRule) -> [UInt8] {
        var fields = [
            rule.id, rule.title, rule.kind.rawValue, rule.severity.rawValue, rule.confidence.rawValue,
            rule.pattern,
            rule.publicPrefix, rule.checksum?.rawValue ?? "",
        ]
        fields.append(rule.minimumEntropy.map { "\($0)" } ?? "")
        fields.append(rule.expiresByDesign.map { "\($0)" } ?? "")
        let lists = [rule.paths.map(\.pattern), rule.fields.map(\.pattern), rule.allow]
        fields += lists.flatMap { ["\($0.count)"] + $0 }
        // Each with its length, so that no two lists of fields run into the same bytes.
        return fields.flatMap { Array("\($0.utf8.count):\($0)".utf8) }
    }
}
