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
        self.rules = DetectorSet.digest(of: rules)
        table = SecretRuleTable(rules: rules, key: key)
        proposals = table.proposed.map { ProposingPattern(rules[$0]) }
    }

    func makeScanner() -> any DetectorScanner { SecretScanner(table: table, detector: id) }
}
