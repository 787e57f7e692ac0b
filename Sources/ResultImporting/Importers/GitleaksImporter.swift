internal import Model

/// gitleaks' JSON, of version 8 and, with other names for everything, 7.
struct GitleaksImporter: Importer {
    let id = "gitleaks"
    let title = "gitleaks JSON"
    let reach: Set<EvidenceClass> = [.secrets]

    func recognises(_ sketch: ContentSketch) -> Bool {
        sketch.has("*.RuleID", "*.File", "*.Secret") || sketch.has("*.rule", "*.offender")
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        let reader = JSONReader(feed)
        try reader.skipMark()
        log.results.provides = [.secrets]
        try reader.records(
            dropping: ["Message", "Author", "Email", "commitMessage", "author", "email"], into: &log,
            "finding"
        ) { record, log in
            let isOld = record["offender"] != nil || record["RuleID"] == nil
            guard let rule = record[isOld ? "rule" : "RuleID"]?.text,
                let file = record[isOld ? "file" : "File"]?.text
            else { return false }
            var finding = ImportedFinding(
                .secret, rule: rule, title: record["Description"]?.text,
                place: .file(
                    file, line: record[isOld ? "lineNumber" : "StartLine"]?.number,
                    column: record["StartColumn"]?.number))
            log.note(record[isOld ? "offender" : "Secret"]?.text, of: &finding)
            log.hide(record[isOld ? "line" : "Match"]?.text)
            log.add(finding)
            return true
        }
        try reader.end()
    }
}
