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

    /// The rules that are for such files; programs (`bin/env`) are for none, whatever their names.
    func purposes(of path: EntryPath) -> [Int] {
        let folders = path.components.dropLast()
        guard folders.last.map({ !$0.elementsEqual("bin".utf8) && !$0.elementsEqual("sbin".utf8) }) ?? true
        else { return [] }
        var found: [Int] = []
        table.searchedByPath.collect(path.bytes, into: &found)
        table.proposedByPath.collect(path.bytes, into: &found)
        return found
    }

    func makeScanner() -> any DetectorScanner { SecretScanner(table: table, detector: id) }
}
