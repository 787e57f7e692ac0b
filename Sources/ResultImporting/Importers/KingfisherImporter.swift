internal import Model

/// Kingfisher's JSON and JSONL, in the forms of its releases: a list of rules with matches, an object with findings, or
/// one finding a line.
struct KingfisherImporter: Importer {
    let id = "kingfisher"
    let title = "Kingfisher JSON or JSONL"
    let reach: Set<EvidenceClass> = [.secrets, .verifications]

    private static let dropped: Set<String> = [
        "validate_command", "revoke_command", "response", "git_metadata",
    ]

    func recognises(_ sketch: ContentSketch) -> Bool {
        sketch.has("findings.*.finding", "findings.*.rule") || sketch.has("*.matches.*.finding")
            || sketch.has("finding.snippet", "rule") || sketch.has("*.finding.snippet", "*.rule")
            || sketch.has("findings", "metadata.kingfisher_version")
            || sketch.has("findings", "stats.scan_date")
            || sketch.has("findings", "metadata", "audit") || sketch.has("matches.*.finding")
    }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        log.results.provides = [.secrets]
        // Lines and a document both begin with a bracket; only a document has `findings` in it, which streams.
        let reader = JSONReader(feed)
        try reader.skipMark()
        guard try reader.peek() == UInt8(ascii: "{") else {
            try reader.records(dropping: Self.dropped, into: &log, "finding", Self.take)
            return try reader.end()
        }
        var counted = 0
        var others = 0
        while try reader.peek() != nil { try document(reader, &counted, &others, into: &log) }
        let listed = log.results.records - others
        if listed < counted { log.addTrouble("counts \(counted) findings, and lists \(listed)") }
    }

    /// One object: all of a document, or one line.
    ///
    /// `counted` is what it counts of its findings; `others` are records that are none of them.
    private func document(
        _ reader: JSONReader, _ counted: inout Int, _ others: inout Int, into log: inout ImportLog
    ) throws(ImportError) {
        var rule: JSONValue?
        var finding: JSONValue?
        let start = reader.place
        var isKnown = false
        try reader.object { key throws(ImportError) in
            switch key {
            case "findings" where try Self.isDigit(reader.peek()):
                // Behind its document Kingfisher writes a second one, with counts.
                isKnown = true
                counted = try reader.number("findings", into: &log) ?? counted
            case "kingfisher":
                log.results.version =
                    try reader.part("kingfisher", into: &log)?["version_used"]?.text ?? log.results.version
            case "findings", "matches":
                isKnown = true
                if try reader.peek() == UInt8(ascii: "n") {
                    log.addTrouble("lists no findings, not even none")
                }
                try reader.records(dropping: Self.dropped, into: &log, "finding", Self.take)
            case "access_map":
                isKnown = true
                try reader.records(into: &log, "access") { _, log in
                    others += 1
                    log.add(
                        ImportedFinding(
                            .other, rule: "access_map", title: "Access of a credential",
                            place: ImportedPlace(.image)))
                    return true
                }
            case "metadata", "stats", "audit":
                isKnown = true
                let facts = try reader.part(key, dropping: ["findings"], into: &log)
                log.results.version =
                    facts?["kingfisher_version"]?.text ?? facts?["version"]?.text ?? log.results.version
            case "rule": rule = try reader.part("rule", into: &log)
            case "finding": finding = try reader.part("finding", dropping: Self.dropped, into: &log)
            default: try reader.skip()
            }
        }
        if let finding {
            var record = ["finding": finding]
            record["rule"] = rule
            isKnown = Self.take(.object(record), &log)
        }
        if !isKnown { log.addFault(at: start, "neither a finding nor a document with findings") }
    }

    private static func isDigit(_ byte: UInt8?) -> Bool { byte.map { (0x30...0x39).contains($0) } ?? false }

    private static func take(_ record: JSONValue, _ log: inout ImportLog) -> Bool {
        if let matches = record["matches"]?.list {
            return matches.reduce(true) { isWhole, match in take(match, &log) && isWhole }
        }
        guard let facts = record["finding"], let path = facts["path"]?.text,
            let rule = record[path: "rule", "id"]?.text ?? record[path: "rule", "name"]?.text
        else { return false }
        var finding = ImportedFinding(
            .secret, rule: rule, title: record[path: "rule", "name"]?.text,
            place: .file(path, line: facts["line"]?.number, column: facts["column_start"]?.number))
        finding.confidence = facts["confidence"]?.text.flatMap { Confidence(rawValue: $0.lowercased()) }
        switch facts[path: "validation", "status"]?.text?.lowercased() {
        case let status? where status.hasPrefix("active"): finding.verified = true
        case let status? where status.hasPrefix("inactive"): finding.verified = false
        default: break
        }
        log.note(facts["snippet"]?.text, of: &finding)
        log.add(finding)
        return true
    }
}
