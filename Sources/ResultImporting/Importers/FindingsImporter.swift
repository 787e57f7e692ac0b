internal import Model

/// `palimpsest.findings/1`, the form for tools of one's own; see `Templates/schemas/findings-1.schema.json`.
struct FindingsImporter: Importer {
    let id = "findings"
    let title = "palimpsest.findings/1 JSON"
    let reach: Set<EvidenceClass> = Set(EvidenceClass.allCases)

    private static let schema = "palimpsest.findings/1"

    func recognises(_ sketch: ContentSketch) -> Bool { sketch.texts["schema"] == Self.schema }

    func read(_ feed: ByteFeed, into log: inout ImportLog) throws(ImportError) {
        let reader = JSONReader(feed)
        try reader.skipMark()
        var schema: String?
        var outcome: String?
        try reader.object { key throws(ImportError) in
            switch key {
            case "schema": schema = try reader.word()
            case "tool":
                let tool = try reader.part("tool", into: &log)
                log.results.tool = tool?["name"]?.text ?? log.results.tool
                log.results.version = tool?["version"]?.text
                log.results.database = tool?["database"]?.text
            case "image": Self.take(image: try reader.part("image", into: &log) ?? .null, &log.results.target)
            case "provides":
                let names = try reader.value()?.list ?? []
                log.results.provides = Set(names.compactMap { $0.text.flatMap(EvidenceClass.init) })
            case "outcome": outcome = try reader.word()
            case "components": log.results.components = try reader.value()?.number
            case "findings": try reader.records(into: &log, "finding", Self.take)
            default: try reader.skip()
            }
        }
        try reader.end()
        guard schema == Self.schema else {
            throw ImportError(code: .malformed, place: "", reason: "its schema is not \(Self.schema)")
        }
        if outcome != "completed" { log.results.troubles.append("does not say that it was completed") }
    }

    private static func take(image: JSONValue, _ target: inout ImportedTarget) {
        target.name = image["name"]?.text
        if let digest = image["digest"]?.text { target.manifests.append(digest) }
        if let digest = image["configDigest"]?.text { target.images.append(digest) }
        target.layers = image["diffIDs"]?.list.compactMap(\.text) ?? []
    }

    private static func take(_ record: JSONValue, _ log: inout ImportLog) -> Bool {
        guard let rule = record["rule"]?.text, let kind = record["kind"]?.text,
            let place = place(record["location"] ?? .null)
        else { return false }
        var finding = ImportedFinding(
            sort(of: kind), rule: rule, title: record["title"]?.text, severity: record["severity"]?.text,
            place: place)
        finding.confidence = record["confidence"]?.text.flatMap(Confidence.init)
        finding.verified = record["verified"]?.flag
        finding.suppressed = record["suppressed"]?.text
        finding.aliases = record["aliases"]?.list.compactMap(\.text) ?? []
        if let package = record["package"]?.text {
            finding.notePackage(package, record["version"]?.text, fixed: record["fixedVersion"]?.text)
        }
        log.note(record["secret"]?.text, of: &finding)
        log.add(finding)
        return true
    }

    private static func sort(of kind: String) -> ImportedFinding.Sort {
        switch FindingKind(rawValue: kind) {
        case .vulnerableComponent?: .vulnerability
        case .misconfiguration?: .misconfiguration
        case .other?, nil: .other
        case let kind?: .known(kind)
        }
    }

    private static func place(_ location: JSONValue) -> ImportedPlace? {
        if let config = location["config"]?.text { return ImportedPlace(.metadata(config)) }
        guard let path = location["path"]?.text else {
            return location.isObject || location == .null ? ImportedPlace(.image) : nil
        }
        return .file(
            path, layer: location["layer"]?.text, line: location["line"]?.number,
            column: location["column"]?.number)
    }
}
