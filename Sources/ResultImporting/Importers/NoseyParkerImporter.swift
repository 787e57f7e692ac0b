internal import Model

/// Nosey Parker's JSONL and JSON.
///
/// Never kept: its ids, which are hashes of what it found. Of each secret its report lists three places unless it is told
/// otherwise, so that places which it counts and does not list are told, and no more.
struct NoseyParkerImporter: Importer {
    let id = "noseyparker"
    let title = "Nosey Parker JSONL or JSON"
    let reach: Set<EvidenceClass> = [.secrets]

    func recognises(_ sketch: ContentSketch) -> Bool {
        sketch.has("rule_name", "matches") || sketch.has("*.rule_name", "*.matches")
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        log.results.provides = [.secrets]
        var unlisted = 0
        try RecordLines.each(of: feed, dropping: ["blob_metadata"], into: &log) { record, log in
            guard let rule = record["rule_text_id"]?.text ?? record["rule_name"]?.text,
                let matches = record["matches"]?.list, !matches.isEmpty
            else { return false }
            unlisted += max(0, (record["num_matches"]?.number ?? 0) - matches.count)
            var found = ImportedFinding(
                .secret, rule: rule, title: record["rule_name"]?.text, place: ImportedPlace(.image))
            if record["statuses"]?.list.contains(.text("reject")) == true { found.suppressed = "rejected" }
            var shared = found
            Self.note(record["groups"], of: &shared, &log)
            for match in matches {
                Self.take(match, match["groups"] == nil ? shared : found, &log)
            }
            return true
        }
        if unlisted > 0 {
            let places = unlisted == 1 ? "1 more place" : "\(unlisted) more places"
            log.addSkipped("\(places) of secrets that it lists (report --max-matches=-1 lists all)")
        }
    }

    private static func take(_ match: JSONValue, _ found: ImportedFinding, _ log: inout ImportLog) {
        var finding = found
        note(match["groups"], of: &finding, &log)
        for part in ["before", "matching", "after"] { log.hide(match[path: "snippet", part]?.text) }
        let start = match[path: "location", "source_span", "start"]
        let origins = match["provenance"]?.list ?? []
        for origin in origins.isEmpty ? [.null] : origins {
            let path =
                origin["path"]?.text ?? origin[path: "first_commit", "blob_path"]?.text
                ?? origin[path: "payload", "path"]?.text
            finding.place =
                path.map { .file($0, line: start?["line"]?.number, column: start?["column"]?.number) }
                ?? ImportedPlace(.image)
            log.add(finding)
        }
    }

    private static func note(
        _ groups: JSONValue?, of finding: inout ImportedFinding, _ log: inout ImportLog
    ) {
        for group in groups?.list ?? [] {
            if let word = group.text { log.note(Base64Words.text(word) ?? word, of: &finding) }
        }
    }
}
