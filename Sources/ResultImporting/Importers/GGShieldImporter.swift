internal import Model

/// ggshield's JSON.
///
/// Never kept: the SHA-256 of what it ignores, which anybody can test guesses against.
struct GGShieldImporter: Importer {
    let id = "ggshield"
    let title = "ggshield JSON"
    let reach: Set<EvidenceClass> = [.secrets, .misconfigurations, .verifications]

    func recognises(_ sketch: ContentSketch) -> Bool {
        sketch.has("scans.*.entities_with_incidents") || sketch.has("entities_with_incidents")
            || sketch.has("scans", "total_incidents") || sketch.has("total_incidents", "total_occurrences")
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        let reader = JSONReader(feed)
        try reader.skipMark()
        log.results.provides = [.secrets]
        _ = try scan(reader, into: &log)
        try reader.end()
    }

    /// What one scan and those in it count, or list.
    private struct Count {
        var incidents = 0
        var occurrences = 0

        mutating func add(_ other: Count) {
            incidents += other.incidents
            occurrences += other.occurrences
        }
    }

    /// Reads one scan, and those in it; gives what they list.
    private func scan(_ reader: JSONReader, into log: inout ImportLog) throws(ImportError) -> Count {
        let start = reader.place
        var isKnown = false
        var promised = Count()
        var listed = Count()
        try reader.object { key throws(ImportError) in
            switch key {
            case "scans":
                var isEmpty = true
                isKnown = try reader.list { _ throws(ImportError) in
                    isEmpty = false
                    listed.add(try scan(reader, into: &log))
                }
                if isEmpty { log.addTrouble("scanned nothing") }
            case "total_incidents":
                isKnown = true
                promised.incidents = try reader.number("total_incidents", into: &log) ?? 0
            case "total_occurrences":
                promised.occurrences = try reader.number("total_occurrences", into: &log) ?? 0
            case "entities_with_incidents":
                isKnown = true
                try reader.records(dropping: ["ignore_sha", "extra_info"], into: &log, "file") {
                    record, log in
                    guard let file = record["filename"]?.text, let incidents = record["incidents"]?.list
                    else {
                        return false
                    }
                    listed.incidents += incidents.count
                    listed.occurrences += incidents.reduce(0) {
                        $0 + max(1, $1["occurrences"]?.list.count ?? 0)
                    }
                    return incidents.reduce(true) { isWhole, incident in
                        Self.take(incident, file: file, &log) && isWhole
                    }
                }
            case "version": log.results.version = try reader.word() ?? log.results.version
            default: try reader.skip()
            }
        }
        for (what, count, rest) in [
            ("incidents", promised.incidents, listed.incidents),
            ("occurrences", promised.occurrences, listed.occurrences),
        ] where rest < count {
            log.addTrouble("counts \(count) \(what), and lists \(rest)")
        }
        if !isKnown { log.addFault(at: start, "scan: without what every one has") }
        return listed
    }

    private static func take(_ incident: JSONValue, file: String, _ log: inout ImportLog) -> Bool {
        if let rule = incident["policy_id"]?.text {
            log.results.provides.insert(.misconfigurations)
            log.add(
                ImportedFinding(
                    .misconfiguration, rule: rule, title: incident["policy"]?.text,
                    severity: incident["severity"]?.rating,
                    place: ImportedPlace(.source(file), line: incident["line_start"]?.number)))
            return true
        }
        guard let type = incident["type"]?.text ?? incident["detector"]?.text else { return false }
        let occurrences = incident["occurrences"]?.list ?? []
        for occurrence in occurrences.isEmpty ? [.null] : occurrences {
            var finding = ImportedFinding(
                .secret, rule: type, severity: incident["severity"]?.rating,
                place: .file(file, line: occurrence["line_start"]?.number))
            switch incident["validity"]?.text {
            case "valid": finding.verified = true
            case "invalid": finding.verified = false
            default: break
            }
            if let ignored = incident["ignore_reason"] {
                finding.suppressed = ignored["kind"]?.text ?? ignored.text ?? "ignored"
            }
            log.note(occurrence["match"]?.text, of: &finding)
            log.add(finding)
        }
        return true
    }
}
