internal import JSONDocuments
internal import Model

/// OCSF 1.5 compliance findings (class 2003): one for each rule and one for each control that is about the image.
///
/// `finding_info.types` tells the two apart, so that whoever counts does not count twice.
struct OCSFFormat: ReportFormat {
    let id = "ocsf"
    let fileName = "ocsf.json"
    let mediaType = "application/json"
    let summary = "OCSF 1.5 compliance findings"

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        let violations = Dictionary(grouping: report.violations) { $0.rule.key }
        let rules = report.rules.filter { $0.status != .notApplicable }.map { rule in
            event(rule, of: report, waivers: (violations[rule.key] ?? []).compactMap(\.waiver))
        }
        let controls = report.scorecards.flatMap { scorecard in
            scorecard.controls.filter { $0.status != .notApplicable }
                .map { event($0, of: scorecard, in: report) }
        }
        return try CanonicalJSON.encode(JSONValue.list(rules + controls), for: fileName)
    }

    private func event(_ rule: RuleRow, of report: Report, waivers: [WaiverRow]) -> JSONValue {
        let edges = rule.controls.map { "\($0.framework) \($0.control)" as SafeText }
        var members = common(rule.status, severity: rule.severity, of: report)
        members["message"] = "\(rule.id): \(rule.reason)"
        members["finding_info"] = [
            "uid": .text(DerivedID.make([report.lineage, "rule", rule.id])), "title": .text(rule.title),
            "desc": .text(rule.rationale.isEmpty ? rule.title : rule.rationale), "types": ["rule"],
            "created_time": time(report),
        ]
        members["compliance"] = compliance(
            rule.status, control: rule.id, standards: [report.basis.policyTitle], requirements: edges,
            checks: [])
        members["remediation"] = rule.remediation.isEmpty ? nil : ["desc": .text(rule.remediation)]
        members["resources"] = .list([image(report)] + places(rule, in: report))
        members["comment"] = comment(waivers).map(JSONValue.text)
        return .object(members)
    }

    private func event(_ control: ControlRow, of scorecard: Scorecard, in report: Report) -> JSONValue {
        let severity = control.contributions.compactMap { contribution in
            report.rules.first {
                $0.id == contribution.rule && $0.status.attention <= Status.waived.attention
            }
        }.map(\.severity).max()
        var members = common(control.status, severity: severity ?? .info, of: report)
        members["message"] = "\(scorecard.id) \(control.id): \(control.reason)"
        members["finding_info"] = [
            "uid": .text(DerivedID.make([report.lineage, "control", scorecard.id, control.id])),
            "title": .text(control.name), "desc": .text(control.reason), "types": ["control"],
            "created_time": time(report),
        ]
        members["compliance"] = compliance(
            control.status, control: control.id, standards: [scorecard.title], requirements: [control.id],
            checks: control.contributions.map(check))
        members["resources"] = .list([image(report)])
        members["unmapped"] = unmapped(control.status, framework: scorecard.id, of: report)
        return .object(members)
    }

    private func common(_ status: Status, severity: Severity, of report: Report) -> [String: JSONValue] {
        let shown = status.attention <= Status.waived.attention ? severity : .info
        return [
            "activity_id": 1, "activity_name": "Create", "category_uid": 2, "category_name": "Findings",
            "class_uid": 2003, "class_name": "Compliance Finding", "type_uid": 200_301,
            "type_name": "Compliance Finding: Create", "time": time(report),
            "severity_id": .number(shown.rank + 1), "severity": .text(shown.caption),
            "metadata": [
                "version": "1.5.0",
                "product": [
                    "name": "Palimpsest", "vendor_name": "Palimpsest", "version": .text(report.toolVersion),
                ],
            ],
            "unmapped": unmapped(status, framework: nil, of: report),
        ]
    }

    private func unmapped(_ status: Status, framework: SafeText?, of report: Report) -> JSONValue {
        [
            "status": .word(status), "framework": framework.map(JSONValue.text),
            "verdict": .word(report.verdict.status), "policy_digest": .text(report.basis.policyDigest),
            "findings": .number(report.subjects.count(where: \.isFinding)),
        ]
    }

    private func time(_ report: Report) -> JSONValue {
        // Milliseconds; the year 9999 is far from the end of what a number here can hold.
        .number(report.basis.asOf.seconds * 1000)
    }

    private func compliance(
        _ status: Status, control: SafeText, standards: [SafeText], requirements: [SafeText],
        checks: [JSONValue]
    ) -> JSONValue {
        [
            "control": .text(control), "standards": .texts(standards),
            "requirements": .filled(requirements.map(JSONValue.text)), "checks": .filled(checks),
            "status_id": .number(status.complianceID), "status": .text(status.label),
        ]
    }

    private func check(_ contribution: ControlRow.Contribution) -> JSONValue {
        [
            "uid": .text(contribution.rule), "name": .text(contribution.title),
            "desc": .text(contribution.rationale), "status_id": .number(contribution.status.complianceID),
            "status": .text(contribution.status.label),
        ]
    }

    private func image(_ report: Report) -> JSONValue {
        [
            "uid": .text(report.image.digest), "name": .text(report.image.name),
            "type": .text(report.image.otherKind ?? "container image"),
        ]
    }

    private static let resources = 100

    private func places(_ rule: RuleRow, in report: Report) -> [JSONValue] {
        let breaking = rule.subjects.map { number in
            (report.subjects[number - 1], report.subjects[number - 1].placements(breaking: rule.key))
        }
        let all = breaking.lazy.flatMap { subject, places in places.lazy.map { (subject, $0) } }
        let count = breaking.reduce(0) { $0 + $1.1.count }
        let shown = all.prefix(Self.resources).map { subject, place -> JSONValue in
            [
                "uid": .text(.cleaning(place.id)), "name": .text(place.place), "type": .text(subject.kind),
                "data": [
                    "title": .text(subject.title), "standing": .text(place.standing),
                    "fingerprint": subject.fingerprint.map(JSONValue.text),
                ],
            ]
        }
        let missing = count - shown.count
        let rest: JSONValue = ["name": "\(missing, "more place") left out here", "type": "note"]
        return missing > 0 ? shown + [rest] : Array(shown)
    }

    private func comment(_ waivers: [WaiverRow]) -> SafeText? {
        let sentences = waivers.map { waiver -> SafeText in
            "accepted by \(waiver.id): \(waiver.justification) (\(waiver.people), \(waiver.period))"
        }
        return sentences.isEmpty ? nil : .joined(Set(sentences).sorted(), by: "; ")
    }
}

extension Status {
    /// As OCSF counts: its 2 is "no result, because information is missing".
    fileprivate var complianceID: Int {
        switch self {
        case .pass: 1
        case .notAssessed: 2
        case .fail, .waived: 3
        case .error: 0
        case .warn, .notApplicable, .manual: 99
        }
    }
}

extension Severity {
    fileprivate var caption: SafeText {
        switch self {
        case .info: "Informational"
        case .low: "Low"
        case .medium: "Medium"
        case .high: "High"
        case .critical: "Critical"
        }
    }
}
