internal import Model

/// One of the findings of `palimpsest.findings/1`.
enum FindingsRecord {
    static let keys: Set<String> = [
        "rule", "kind", "title", "severity", "confidence", "location", "secret", "verified", "suppressed",
        "package", "version", "fixedVersion", "aliases",
    ]
    static let placeKeys: Set<String> = ["layer", "path", "line", "column", "config"]

    /// Nil where `record` is none.
    static func finding(_ record: JSONValue, _ log: inout ImportLog) -> ImportedFinding? {
        guard let rule = record["rule"]?.text, let kind = record["kind"]?.text,
            let place = place(record["location"] ?? .null)
        else { return nil }
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
        return finding
    }

    /// Whether what it says under keys that are known is of the type that it must be.
    ///
    /// Read as if it were not there, a word in the place of a flag could make a credential that works one of which nothing
    /// is known.
    static func isWellTyped(_ record: JSONValue) -> Bool {
        record.members.allSatisfy { key, value in
            switch (key, value) {
            case (_, .null): true
            case ("verified", _): value.flag != nil
            case ("confidence", _): value.text.flatMap(Confidence.init) != nil
            case ("aliases", _): value.isList
            case ("location", _): value.isObject && isWellTyped(value)
            case ("line", _), ("column", _): value.number != nil
            case (_, .text): true
            default: !keys.contains(key) && !placeKeys.contains(key)
            }
        }
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
