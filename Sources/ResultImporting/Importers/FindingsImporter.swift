internal import Model

/// `palimpsest.findings/1`, the form for tools of one's own; see `Templates/schemas/findings-1.schema.json`.
struct FindingsImporter: Importer {
    let id = "findings"
    let title = "palimpsest.findings/1 JSON"
    /// Everything but what only a run over several images or a source tree shows.
    let reach = Set(EvidenceClass.allCases).subtracting([.comparison, .environments, .source])

    private static let schema = "palimpsest.findings/1"

    func recognises(_ sketch: ContentSketch) -> Bool { sketch.texts["schema"] == Self.schema }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        let reader = JSONReader(feed)
        try reader.skipMark()
        var schema: String?
        var outcome: String?
        var reported: Set<EvidenceClass> = []
        var hasFindings = false
        try reader.object { key throws(ImportError) in
            switch key {
            case "schema": schema = try reader.word()
            case "tool":
                let tool = try reader.part("tool", into: &log) ?? .null
                log.results.tool = tool["name"]?.text ?? log.results.tool
                log.results.version = tool["version"]?.text
                log.results.database = tool["database"]?.text
                Self.tellUnknown(in: tool, but: ["name", "version", "database"], &log)
            case "image": take(image: try reader.part("image", into: &log) ?? .null, &log)
            case "provides": try provides(reader, into: &log)
            case "outcome": outcome = try reader.word()
            case "components": log.results.components = try reader.number("components", into: &log)
            case "findings":
                hasFindings = try reader.peek() == UInt8(ascii: "[")
                try reader.records(into: &log, "finding") { record, log in
                    guard let finding = FindingsRecord.finding(record, &log) else { return false }
                    reported.formUnion(finding.sort.evidence)
                    Self.tellUnknown(in: record, but: FindingsRecord.keys, &log)
                    Self.tellUnknown(in: record["location"] ?? .null, but: FindingsRecord.placeKeys, &log)
                    log.add(finding)
                    return FindingsRecord.isWellTyped(record)
                }
            default:
                Self.tellUnknown(key, &log)
                try reader.skip()
            }
        }
        try reader.end()
        guard schema == Self.schema else {
            throw ImportError(code: .malformed, place: "", reason: "its schema is not \(Self.schema)")
        }
        if !hasFindings { log.addTrouble("lists no findings, not even none") }
        if outcome != "completed" { log.addTrouble("does not say that it was completed") }
        for unsaid in reported.subtracting(log.results.provides).sorted() {
            log.addTrouble("reports on \(unsaid.rawValue), and does not say that it looked for them")
        }
    }

    /// Takes what the tool says it looked for, as far as a tool can.
    private func provides(_ reader: JSONReader, into log: inout ImportLog) throws(ImportError) {
        _ = try reader.peek()
        let start = reader.place
        for name in try reader.elements("provides", into: &log) {
            guard let known = name.text.flatMap(EvidenceClass.init), reach.contains(known) else {
                log.addFault(at: start, "provides: something that no tool can provide")
                continue
            }
            log.results.provides.insert(known)
        }
    }

    private func take(image: JSONValue, _ log: inout ImportLog) {
        log.results.target.name = image["name"]?.text
        log.results.target.add(manifest: image["digest"]?.text)
        log.results.target.add(image: image["configDigest"]?.text)
        log.results.target.layers = image["diffIDs"]?.list.compactMap(\.text) ?? []
        Self.tellUnknown(in: image, but: ["name", "digest", "configDigest", "diffIDs"], &log)
    }

    /// Tells of keys that mean nothing, which may be known ones, misspelt.
    private static func tellUnknown(in value: JSONValue, but known: Set<String>, _ log: inout ImportLog) {
        for (key, _) in value.members where !known.contains(key) { tellUnknown(key, &log) }
    }

    private static func tellUnknown(_ key: String, _ log: inout ImportLog) {
        // It may be a secret, of which a part would not be masked.
        let name = key.utf8.count > 300 ? "of \(key.utf8.count) bytes" : key
        log.addSkipped("the key \(name), which is not known")
    }
}
