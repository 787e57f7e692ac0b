internal import Model

/// A rule of a SARIF tool, as far as its results need it.
struct SARIFRule {
    let id: String
    let title: String?
    let level: String?
    /// 0 to 10, where the tool gives one.
    let score: String?
    let tags: [String]

    init(_ rule: JSONValue) {
        id = rule["id"]?.text ?? ""
        title = rule[path: "shortDescription", "text"]?.text ?? rule["name"]?.text
        level = rule[path: "defaultConfiguration", "level"]?.text
        let properties = rule["properties"]
        score = properties?["security-severity"]?.decimal
        tags = properties?["tags"]?.list.compactMap { $0.text?.lowercased() } ?? []
    }

    /// About how many bytes it takes.
    var weight: Int {
        let texts = [id, title ?? "", level ?? "", score ?? ""] + tags
        return texts.reduce(100) { $0 + 20 + $1.utf8.count }
    }
}

/// A result of a SARIF run, before its rule is known.
struct SARIFResult {
    let ruleID: String?
    private let ruleIndex: Int?
    private let component: Int?
    private let level: String?
    private let kind: String?
    /// Never none: what names no place is of the image as a whole.
    private let spots: [Spot]
    private let suppression: String?
    private let isGone: Bool

    init(_ result: JSONValue) {
        let reference = result["rule"]
        ruleID = result["ruleId"]?.text ?? reference?["id"]?.text
        ruleIndex = result["ruleIndex"]?.number ?? reference?["index"]?.number
        component = reference?[path: "toolComponent", "index"]?.number
        level = result["level"]?.text
        kind = result["kind"]?.text
        isGone = result["baselineState"]?.text == "absent"
        let locations = result["locations"]?.list ?? []
        spots = (locations.isEmpty ? [.null] : locations).map(Spot.init)
        let active = result["suppressions"]?.list.filter {
            ($0["status"]?.text ?? "accepted") == "accepted"
        }
        suppression = active.flatMap { $0.first }.map { $0["kind"]?.text ?? "suppressed" }
    }

    /// About how many bytes it takes.
    var weight: Int {
        spots.reduce(300 + (ruleID?.utf8.count ?? 0)) {
            $0 + 200 + ($1.snippet?.utf8.count ?? 0) + $1.place.weight
        }
    }

    /// The rule that it names by number.
    func rule(in rules: [[SARIFRule]]) -> SARIFRule? {
        guard let ruleIndex else { return nil }
        let component = component.map { $0 + 1 } ?? 0
        guard rules.indices.contains(component), rules[component].indices.contains(ruleIndex) else {
            return nil
        }
        let rule = rules[component][ruleIndex]
        return ruleID == nil || ruleID == rule.id ? rule : nil
    }

    /// What it says is wrong, a finding for each place; none where it says that nothing is.
    func findings(of rule: SARIFRule?, by tool: SARIFTool, _ log: inout ImportLog) -> [ImportedFinding] {
        guard !isGone, !["pass", "notApplicable", "informational"].contains(kind ?? "fail") else {
            for spot in spots { log.hide(spot.snippet) }
            return []
        }
        let id = rule.map(\.id).flatMap { $0.isEmpty ? nil : $0 } ?? ruleID ?? "result"
        let sort = tool.sort(of: id, tags: rule?.tags ?? [])
        // What SARIF takes for said where nothing is, no scanner for secrets means.
        let untold = sort == .secret ? nil : "warning"
        let severity = rule?.score.map { "score \($0)" } ?? level ?? rule?.level ?? untold
        return spots.map { spot in
            var finding = ImportedFinding(
                sort, rule: id, title: rule?.title, severity: severity, place: spot.place)
            finding.suppressed = suppression
            if tool.snippetIsSecret { log.note(spot.snippet, of: &finding) } else { log.hide(spot.snippet) }
            return finding
        }
    }
}

/// One of the places of a result.
private struct Spot {
    let place: ImportedPlace
    /// What stands there, which may be the secret itself.
    let snippet: String?

    init(_ location: JSONValue) {
        let physical = location["physicalLocation"]
        let region = physical?["region"]
        snippet = region?[path: "snippet", "text"]?.text
        let address = physical?[path: "artifactLocation", "uri"]?.text
        place =
            address.map { address in
                .file(
                    Self.path(address), line: region?["startLine"]?.number,
                    column: region?["startColumn"]?.number)
            } ?? ImportedPlace(.image)
    }

    /// The path in an address, without scheme and percent signs.
    private static func path(_ address: String) -> String {
        var text = address[...]
        for scheme in ["file://", "image://", "docker://"] where text.hasPrefix(scheme) {
            text = text.dropFirst(scheme.count)
        }
        return String(text).removingPercents
    }
}

extension String {
    /// The text with `%41` and the like undone; itself where that gives no text.
    var removingPercents: String {
        guard contains("%") else { return self }
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? self
    }
}

extension ImportedFinding.Sort {
    /// The class of evidence that such findings belong to.
    var evidence: Set<EvidenceClass> {
        switch self {
        case .secret: [.secrets]
        case .vulnerability: [.vulnerabilities]
        case .misconfiguration: [.misconfigurations]
        case .known(let kind): kind.isSecret ? [.secrets] : []
        case .other: []
        }
    }
}
