internal import Model

/// Grype's JSON.
///
/// Never read: `source.target.config`, the image's configuration with its environment.
struct GrypeImporter: Importer {
    let id = "grype"
    let title = "Grype JSON"
    let reach: Set<EvidenceClass> = [.vulnerabilities]

    func recognises(_ sketch: ContentSketch) -> Bool {
        sketch.has("matches")
            && (sketch.has("source") || sketch.has("descriptor") || sketch.has("matches.*.vulnerability"))
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        let reader = JSONReader(feed)
        try reader.skipMark()
        log.results.provides = [.vulnerabilities]
        var hasMatches = false
        try reader.object { key throws(ImportError) in
            switch key {
            case "matches", "ignoredMatches":
                if key == "matches" { hasMatches = try reader.peek() == UInt8(ascii: "[") }
                try reader.records(
                    dropping: ["cvss", "urls", "epss", "cpes", "licenses", "description", "searchedBy"],
                    into: &log,
                    key
                ) { record, log in Self.take(record, isIgnored: key == "ignoredMatches", &log) }
            case "source":
                if let source = try reader.part("source", dropping: ["config", "manifest"], into: &log) {
                    log.results.target = SyftSource.target(source["target"], type: source["type"]?.text)
                }
            case "descriptor":
                let descriptor = try reader.part("descriptor", dropping: ["configuration"], into: &log)
                log.results.version = descriptor?["version"]?.text
                log.results.database =
                    descriptor?[path: "db", "built"]?.text ?? descriptor?[path: "db", "status", "built"]?.text
                Self.judge(database: descriptor?["db"], &log)
            case "alertsByPackage":
                try reader.records(into: &log, "alert") { record, log in
                    for alert in record["alerts"]?.list ?? [] { Self.take(alert, &log) }
                    return true
                }
            default: try reader.skip()
            }
        }
        try reader.end()
        if !hasMatches { log.addTrouble("lists no matches, not even none") }
    }

    /// Notes where the database is not what Grype wants: what is not in it, it cannot find.
    private static func judge(database: JSONValue?, _ log: inout ImportLog) {
        let states = [database, database?["status"]].compactMap(\.self)
        if states.contains(where: { $0["valid"]?.flag == false || $0["error"]?.text != nil }) {
            log.addTrouble("says that its database is not valid")
        }
    }

    /// Notes what it says of packages for which there are no data, or none any more.
    private static func take(_ alert: JSONValue, _ log: inout ImportLog) {
        switch alert["type"]?.text {
        case "distro-eol":
            log.addSkipped(
                "newer vulnerabilities of the distribution's packages, for which it ended its support")
        case "distro-unknown", "distro-disabled":
            log.addSkipped("vulnerabilities of packages of a distribution that its database does not have")
        default: log.addSkipped("what it could not tell of packages for which it has a warning")
        }
    }

    private static func take(_ record: JSONValue, isIgnored: Bool, _ log: inout ImportLog) -> Bool {
        let artifact = record["artifact"]
        guard let rule = record[path: "vulnerability", "id"]?.text, let name = artifact?["name"]?.text else {
            return false
        }
        let version = artifact?["version"]?.text
        let place = artifact?["locations"]?.list.first
        var finding = ImportedFinding(
            .vulnerability, rule: rule,
            title: [rule, "in", name, version].compactMap(\.self).joined(separator: " "),
            severity: record[path: "vulnerability", "severity"]?.rating,
            place: place?["path"]?.text.map { .file($0, layer: place?["layerID"]?.text) }
                ?? ImportedPlace(.packageDatabase(of: artifact?["type"]?.text ?? "")))
        finding.place.within = [name]
        finding.notePackage(
            name, version, fixed: record[path: "vulnerability", "fix", "versions"]?.list.first?.text)
        finding.aliases = record["relatedVulnerabilities"]?.list.compactMap { $0["id"]?.text } ?? []
        if isIgnored {
            let reasons = record["appliedIgnoreRules"]?.list.compactMap { $0["reason"]?.text } ?? []
            finding.suppressed = reasons.first ?? "ignored"
        }
        log.add(finding)
        // Grype rates all, if only as unknown: what it does not rate has lost that, and could be as bad as any.
        return finding.severity?.isEmpty == false
    }
}
