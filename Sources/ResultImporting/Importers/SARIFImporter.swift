internal import Model

/// SARIF 2.1.0 of any tool.
///
/// Never read: messages, snippets, code flows and fixes, in which some tools repeat what they found.
struct SARIFImporter: Importer {
    let id = "sarif"
    let title = "SARIF 2.1.0 of any tool"
    let reach: Set<EvidenceClass> = [.vulnerabilities, .misconfigurations, .secrets]

    func recognises(_ sketch: ContentSketch) -> Bool {
        sketch.has("runs") && (sketch.has("version") || sketch.has("$schema") || sketch.has("runs.*.tool"))
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        let reader = JSONReader(feed)
        try reader.skipMark()
        var runs = 0
        var version: String?
        let isObject = try reader.object { key throws(ImportError) in
            switch key {
            case "version": version = try reader.word()
            case "runs":
                try reader.list { _ throws(ImportError) in
                    try SARIFRun.read(reader, isFirst: runs == 0, into: &log)
                    runs += 1
                }
            default: try reader.skip()
            }
        }
        try reader.end()
        guard isObject, version == "2.1.0" else {
            throw ImportError(code: .malformed, place: "", reason: "only SARIF of version 2.1.0 is read")
        }
        if runs == 0 {
            log.results.provides = [.misconfigurations, .secrets, .vulnerabilities]
            log.addTrouble("tells of no run")
        }
    }
}
