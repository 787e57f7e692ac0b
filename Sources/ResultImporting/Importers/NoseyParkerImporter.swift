internal import Model

/// Nosey Parker's JSONL and JSON.
///
/// Never kept: its ids, which are hashes of what it found.
struct NoseyParkerImporter: Importer {
    let id = "noseyparker"
    let title = "Nosey Parker JSONL or JSON"
    let reach: Set<EvidenceClass> = [.secrets]

    func recognises(_ sketch: ContentSketch) -> Bool {
        sketch.has("rule_name", "matches") || sketch.has("*.rule_name", "*.matches")
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        log.results.provides = [.secrets]
        try RecordLines.each(of: feed, dropping: ["blob_metadata"], into: &log) { record, log in
            guard let rule = record["rule_text_id"]?.text ?? record["rule_name"]?.text,
                let matches = record["matches"]?.list
            else { return false }
            for match in matches { Self.take(match, rule, record, &log) }
            return true
        }
    }

    private static func take(_ match: JSONValue, _ rule: String, _ record: JSONValue, _ log: inout ImportLog)
    {
        let start = match[path: "location", "source_span", "start"]
        for origin in match["provenance"]?.list ?? [] {
            let path =
                origin["path"]?.text ?? origin[path: "first_commit", "blob_path"]?.text
                ?? origin[path: "payload", "path"]?.text
            var finding = ImportedFinding(
                .secret, rule: rule, title: record["rule_name"]?.text,
                place: path.map {
                    .file($0, line: start?["line"]?.number, column: start?["column"]?.number)
                } ?? ImportedPlace(.image))
            if record["statuses"]?.list.contains(.text("reject")) == true { finding.suppressed = "rejected" }
            for group in match["groups"]?.list ?? record["groups"]?.list ?? [] {
                if let word = group.text { log.note(Base64Words.text(word) ?? word, of: &finding) }
            }
            for part in ["before", "matching", "after"] { log.hide(match[path: "snippet", part]?.text) }
            log.add(finding)
        }
    }
}
