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
        level = rule[path: "defaultConfiguration", "level"]?.rating
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
    let rule: SARIFReference
    /// The call of the tool that it is from, by number; nil where it does not say.
    let invocation: Int?
    private let level: String?
    private let kind: String?
    /// Never none: what names no place is of the image as a whole.
    private let spots: [Spot]
    private let suppression: String?
    private let isGone: Bool

    init(_ result: JSONValue) {
        rule = SARIFReference(ofResult: result)
        invocation = result[path: "provenance", "invocationIndex"]?.number
        level = result["level"]?.rating
        kind = result["kind"]?.text
        isGone = result["baselineState"]?.text == "absent"
        let locations = result["locations"]?.list ?? []
        spots = (locations.isEmpty ? [.null] : locations).map(Spot.init)
        let suppressions = result["suppressions"]?.list ?? []
        // One that somebody rejected, or has yet to look at, leaves the result as it is, whatever stands beside it.
        let isAccepted = suppressions.allSatisfy { ($0["status"]?.text ?? "accepted") == "accepted" }
        suppression = isAccepted ? suppressions.first.map { $0["kind"]?.text ?? "suppressed" } : nil
    }

    /// About how many bytes it takes.
    var weight: Int {
        spots.reduce(200 + rule.weight) { $0 + 200 + ($1.snippet?.utf8.count ?? 0) + $1.file.weight }
    }

    /// What it says is wrong, a finding for each place; none where it says that nothing is.
    ///
    /// `changed` is the level that the call gave the rule in place of its own.
    func findings(
        of rule: SARIFRule?, changed: String?, in files: SARIFFiles, by tool: SARIFTool,
        _ log: inout ImportLog
    ) -> [ImportedFinding] {
        guard !isGone, !["pass", "notApplicable", "informational"].contains(kind ?? "fail") else {
            for spot in spots { log.hide(spot.snippet) }
            return []
        }
        let id = rule.map(\.id).flatMap { $0.isEmpty ? nil : $0 } ?? self.rule.id ?? "result"
        let sort = tool.sort(of: id, tags: rule?.tags ?? [])
        // What SARIF takes for said where nothing is, no scanner for secrets means.
        let untold = sort == .secret ? nil : "warning"
        let severity = rule?.score.map { "score \($0)" } ?? level ?? changed ?? rule?.level ?? untold
        return spots.map { spot in
            var finding = ImportedFinding(
                sort, rule: id, title: rule?.title, severity: severity, place: spot.place(in: files))
            finding.suppressed = suppression
            if tool.snippetIsSecret { log.note(spot.snippet, of: &finding) } else { log.hide(spot.snippet) }
            return finding
        }
    }
}

/// One of the places of a result.
private struct Spot {
    let file: SARIFFiles.Reference
    /// What stands there, which may be the secret itself.
    let snippet: String?
    private let line: Int?
    private let column: Int?

    init(_ location: JSONValue) {
        let physical = location["physicalLocation"]
        let region = physical?["region"]
        snippet = region?[path: "snippet", "text"]?.text
        file = SARIFFiles.Reference(physical?["artifactLocation"])
        line = region?["startLine"]?.number
        column = region?["startColumn"]?.number
    }

    func place(in files: SARIFFiles) -> ImportedPlace {
        files.path(file).map { .file($0, line: line, column: column) } ?? ImportedPlace(.image)
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
