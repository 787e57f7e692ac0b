internal import Model

/// A baseline of detect-secrets.
///
/// Never kept: the SHA-1 of the secret, which anybody can test guesses against.
struct DetectSecretsImporter: Importer {
    let id = "detect-secrets"
    let title = "detect-secrets baseline"
    let reach: Set<EvidenceClass> = [.secrets, .verifications]

    func recognises(_ sketch: ContentSketch) -> Bool {
        sketch.has("plugins_used", "results") || sketch.has("results", "filters_used")
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        let reader = JSONReader(feed)
        try reader.skipMark()
        log.results.provides = [.secrets]
        var hasResults = false
        try reader.object { key throws(ImportError) in
            switch key {
            case "version": log.results.version = try reader.word()
            case "results":
                hasResults = try reader.object { file throws(ImportError) in
                    try reader.records(dropping: ["hashed_secret"], into: &log, "secret") { record, log in
                        Self.take(record, file: file, &log)
                    }
                }
            default: try reader.skip()
            }
        }
        try reader.end()
        if !hasResults { log.addTrouble("lists no results, not even none") }
    }

    private static func take(_ record: JSONValue, file: String, _ log: inout ImportLog) -> Bool {
        guard let type = record["type"]?.text else { return false }
        var finding = ImportedFinding(
            .secret, rule: type, place: .file(file, line: record["line_number"]?.number))
        finding.verified = record["is_verified"]?.flag == true ? true : nil
        if record["is_secret"]?.flag == false { finding.suppressed = "audited: no secret" }
        log.add(finding)
        return true
    }
}
