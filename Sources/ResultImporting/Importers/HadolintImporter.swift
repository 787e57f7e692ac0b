internal import Model

/// Hadolint's JSON, about the file that an image is built from.
///
/// Never read: messages, which may quote the line.
struct HadolintImporter: Importer {
    let id = "hadolint"
    let title = "Hadolint JSON"
    let reach: Set<EvidenceClass> = [.misconfigurations]

    func recognises(_ sketch: ContentSketch) -> Bool { sketch.has("*.code", "*.level", "*.file", "*.line") }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        let reader = JSONReader(feed)
        try reader.skipMark()
        log.results.provides = [.misconfigurations]
        try reader.records(dropping: ["message"], into: &log, "finding") { record, log in
            guard let code = record["code"]?.text, let file = record["file"]?.text else { return false }
            if code == "DL1000" { log.addTrouble("could not parse \(file)") }
            log.add(
                ImportedFinding(
                    .misconfiguration, rule: code, title: "Hadolint \(code)",
                    severity: record["level"]?.rating,
                    place: ImportedPlace(
                        .source(ImportedPlace.slashed(file)), line: record["line"]?.number,
                        column: record["column"]?.number)))
            return true
        }
        try reader.end()
    }
}
