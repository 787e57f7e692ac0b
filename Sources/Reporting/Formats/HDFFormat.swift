internal import JSONDocuments
internal import Model

/// The Heimdall Data Format: a profile for the policy's rules, and one for each framework.
struct HDFFormat: ReportFormat {
    let id = "hdf"
    let fileName = "hdf.json"
    let mediaType = "application/json"
    let summary = "HDF for MITRE's Heimdall"

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        let waivers = Dictionary(grouping: report.violations) { $0.rule.key }.mapValues {
            $0.compactMap(\.waiver)
        }
        let rules = report.rules.map { control($0, waiver: waivers[$0.key]?.first, of: report) }
        let policy = profile(
            report.basis.policyID, title: report.basis.policyTitle,
            digest: .cleaning(String(report.basis.policyDigest.text.dropFirst(7))), controls: rules)
        let frameworks = report.scorecards.map { scorecard in
            profile(
                scorecard.id, title: scorecard.title,
                digest: DerivedID.make([scorecard.id, scorecard.title, report.basis.policyDigest]),
                controls: scorecard.controls.map { control($0, of: scorecard, in: report) })
        }
        let document: JSONValue = [
            "platform": [
                "name": .text(report.image.name), "release": .text(report.image.platform),
                "target_id": .text(report.image.digest),
            ],
            "profiles": .list([policy] + frameworks), "statistics": [:], "version": .text(report.toolVersion),
            "passthrough": [
                "verdict": .word(report.verdict.status), "reason": .text(report.verdict.reason),
                "findings": .number(report.subjects.count(where: \.isFinding)),
                "gaps": .number(report.basis.gaps),
            ],
        ]
        return try CanonicalJSON.encode(document, for: fileName)
    }

    private func profile(
        _ name: SafeText, title: SafeText, digest: SafeText, controls: [JSONValue]
    ) -> JSONValue {
        [
            "name": .text(name), "title": .text(title), "sha256": .text(digest), "supports": [],
            "attributes": [], "groups": [], "controls": .list(controls), "status": "loaded",
        ]
    }

    private func control(_ rule: RuleRow, waiver: WaiverRow?, of report: Report) -> JSONValue {
        let nist = Set(rule.controls.filter { $0.framework == "nist-sp-800-53" }.map(\.control)).sorted()
        let places = Self.places(of: rule, in: report)
        var members = common(rule.status, reason: rule.reason, places: places, of: report)
        members["id"] = .text(rule.id)
        members["title"] = .text(rule.title)
        members["desc"] = .text(rule.rationale)
        members["descriptions"] = [["label": "fix", "data": .text(rule.remediation)]]
        members["impact"] = .tenths(rule.status == .notApplicable ? 0 : Self.impact(rule.severity))
        members["tags"] = [
            "severity": .word(rule.severity), "status": .word(rule.status),
            "nist": .filled(nist.map(JSONValue.text)),
            "controls": .texts(rule.controls.map { "\($0.framework) \($0.control)" }),
        ]
        members["source_location"] = ["ref": .text(rule.source)]
        // It was judged all the same; what Heimdall is told was skipped, it calls not applicable.
        members["waiver_data"] = waiver.map { waiver in
            [
                "justification": "\(waiver.justification) (\(waiver.people))", "run": true,
                "skipped_due_to_waiver": false, "message": .text(waiver.reason),
                "expiration_date": .text(waiver.expires),
            ]
        }
        return .object(members)
    }

    private func control(_ control: ControlRow, of scorecard: Scorecard, in report: Report) -> JSONValue {
        let lines = control.contributions.map { "\($0.rule), \($0.status.label($0.reason))" as SafeText }
        var members = common(control.status, reason: control.reason, places: lines, of: report)
        members["id"] = .text(control.id)
        members["title"] = .text(control.title)
        members["desc"] = .text(control.canSay ?? control.cannotSay ?? control.title)
        members["impact"] = .tenths(control.status == .notApplicable ? 0 : 5)
        members["tags"] = ["framework": .text(scorecard.id), "status": .word(control.status)]
        members["source_location"] = ["ref": .text(scorecard.source)]
        return .object(members)
    }

    private func common(
        _ status: Status, reason: SafeText, places: [SafeText], of report: Report
    ) -> [String: JSONValue] {
        let word = Self.word(status)
        let text: SafeText = .joined([status.label(reason)] + places, by: "; ")
        let result: JSONValue = [
            "status": .text(word), "code_desc": .text(reason), "message": .text(text),
            "skip_message": word == "skipped" ? .text(text) : nil,
            "start_time": .text(.cleaning(report.basis.asOf.description)),
        ]
        return ["results": [result], "refs": []]
    }

    /// Heimdall calls what was skipped "not reviewed", and "not applicable" where it has no impact either.
    private static func word(_ status: Status) -> SafeText {
        switch status {
        case .pass: "passed"
        case .fail, .warn: "failed"
        case .error: "error"
        case .notAssessed, .manual, .waived, .notApplicable: "skipped"
        }
    }

    private static func impact(_ severity: Severity) -> Int {
        switch severity {
        case .critical: 9
        case .high: 7
        case .medium: 5
        case .low: 3
        case .info: 1
        }
    }

    private static func places(of rule: RuleRow, in report: Report) -> [SafeText] {
        let shown = rule.subjects.prefix(20).map { number -> SafeText in
            let subject = report.subjects[number - 1]
            let place = subject.placements(breaking: rule.key)[0]
            return "\(subject.title): \(place.place) (\(place.standing))"
        }
        return rule.subjects.count > 20 ? shown + ["and \(rule.subjects.count - 20) more"] : shown
    }
}
