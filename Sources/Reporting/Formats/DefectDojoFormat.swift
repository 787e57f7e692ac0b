internal import JSONDocuments
internal import Model

/// Findings in DefectDojo's generic form: what breaks each rule, and each rule that nobody could judge.
///
/// Its importer refuses a file with any key that it does not know. It shows descriptions as Markdown, so text is
/// escaped for that here.
struct DefectDojoFormat: ReportFormat {
    let id = "defectdojo"
    let fileName = "defectdojo.json"
    let mediaType = "application/json"
    let summary = "DefectDojo generic findings"

    func write(_ report: Report) throws(ReportError) -> [UInt8] { try collected(report) }

    func write(_ report: Report, to sink: ReportSink) throws(ReportError) {
        let violations = report.violations
        let unassessed = report.unassessed
        let document: JSONValue = [
            "name": "Palimpsest", "type": "Palimpsest", "version": .text(report.tool),
            "description": Self.markdown([
                (report.image.otherKind ?? "image", report.image.name), ("digest", report.image.digest),
                ("platform", report.image.platform), ("policy", report.basis.policyID),
                ("verdict", report.verdict.status.label(report.verdict.reason)),
                ("findings", "\(report.subjects.count(where: \.isFinding))"),
            ]),
            "findings": .each(violations.count + unassessed.count) { index in
                index < violations.count
                    ? finding(violations[index], of: report)
                    : self.unassessed(unassessed[index - violations.count], of: report)
            },
        ]
        try CanonicalJSON.encode(document, for: fileName, to: sink)
    }

    private func finding(_ violation: ViolationRow, of report: Report) -> JSONValue {
        var members = common(violation, of: report)
        members["description"] = Self.markdown(facts(violation, of: report))
        members["active"] = .flag(violation.waiver == nil)
        members["risk_accepted"] = .flag(violation.waiver != nil)
        if let places = violation.places {
            members["file_path"] = .text(places[0].place)
            members["nb_occurences"] = .number(places.count)
            members["line"] = places[0].address.line.map(JSONValue.number)
        }
        return .object(members)
    }

    private func facts(_ violation: ViolationRow, of report: Report) -> [(SafeText, SafeText)] {
        let rule = violation.rule
        var facts: [(SafeText, SafeText)] = [
            ("rule", "\(rule.id): \(rule.title)"), ("why", rule.rationale), ("outcome", rule.reason),
            ("image", report.image.digest),
        ]
        if let subject = violation.subject, let places = violation.places {
            facts.append(("what", subject.kind))
            facts.append(("fingerprint", subject.fingerprint ?? ""))
            facts.append(("preview", subject.preview ?? ""))
            for place in places.prefix(Self.places) {
                facts.append(("place", "\(place.place), \(place.standing)"))
            }
            let missing = places.count - Self.places
            if missing > 0 { facts.append(("places", "and \(missing, "more place")")) }
        }
        if let waiver = violation.waiver {
            facts.append(("accepted", "\(waiver.justification) (\(waiver.people), \(waiver.period))"))
        }
        return facts
    }

    private func unassessed(_ row: ViolationRow, of report: Report) -> JSONValue {
        let rule = row.rule
        var members = common(row, of: report)
        members["description"] = Self.markdown([
            ("rule", "\(rule.id): \(rule.title)"), ("outcome", rule.reason), ("image", report.image.digest),
        ])
        members["active"] = true
        return .object(members)
    }

    private func common(_ row: ViolationRow, of report: Report) -> [String: JSONValue] {
        let rule = row.rule
        return [
            "title": .text(row.title.shortened(to: 500)), "severity": .text(Self.word(rule.severity)),
            "mitigation": .markdown(MarkdownText.inline(rule.remediation)),
            "date": .text(.cleaning(report.basis.asOf.day)), "verified": false, "static_finding": true,
            "unique_id_from_tool": .text(row.id), "vuln_id_from_tool": .text(rule.id),
            "component_name": .text(report.image.slug), "component_version": .text(report.image.digest),
            "service": .text(report.lineage),
            "tags": .texts(["palimpsest", .word(rule.status)] + Set(rule.controls.map(\.control)).sorted()),
        ]
    }

    private static let places = 100

    private static func markdown(_ facts: [(SafeText, SafeText)]) -> JSONValue {
        let lines = facts.filter { !$0.1.isEmpty }.map { "- **\($0.0)**: \(MarkdownText.inline($0.1))" }
        return .markdown(lines.joined(separator: "\n"))
    }

    private static func word(_ severity: Severity) -> SafeText {
        switch severity {
        case .critical: "Critical"
        case .high: "High"
        case .medium: "Medium"
        case .low: "Low"
        case .info: "Info"
        }
    }
}
