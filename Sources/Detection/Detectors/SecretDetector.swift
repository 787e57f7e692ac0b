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
        proposals = table.everywhere.map { ProposingPattern(rules[$0]) }
    }

    func makeScanner() -> any DetectorScanner { SecretScanner(table: table, detector: id) }
}
