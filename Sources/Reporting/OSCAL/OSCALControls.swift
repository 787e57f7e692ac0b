internal import Model

/// Controls in OSCAL: which were reviewed, and what came out.
struct OSCALControls {
    private let report: Report
    private let names: OSCALNames
    /// What is not about the image is left out, as OSCAL wants it.
    private let rows: [(scorecard: Scorecard, control: ControlRow)]

    init(_ report: Report, _ names: OSCALNames) {
        self.report = report
        self.names = names
        rows = report.scorecards.flatMap { scorecard in
            scorecard.controls.filter { $0.status != .notApplicable }.map { (scorecard, $0) }
        }
    }

    /// One for each framework, and everything where there is none.
    var selections: [JSONValue] {
        let ofFrameworks = report.scorecards.compactMap { scorecard -> JSONValue? in
            let controls = scorecard.controls.filter { $0.status != .notApplicable }.map {
                control -> JSONValue in
                ["control-id": .text(OSCALNames.token(control.id))]
            }
            guard !controls.isEmpty else { return nil }
            return ["description": OSCALNames.text(scorecard.title), "include-controls": .list(controls)]
        }
        return ofFrameworks.isEmpty ? [["include-all": [:]]] : ofFrameworks
    }

    var observations: [JSONValue] {
        rows.map { scorecard, control in
            [
                "uuid": names.id("control", scorecard.id, control.id), "title": OSCALNames.text(control.name),
                "description": OSCALNames.text(control.status.label(control.reason)),
                "methods": ["TEST"], "props": properties(scorecard, control),
                "subjects": [["subject-uuid": names.id("image"), "type": "component"]],
                "collected": .text(.cleaning(report.basis.asOf.description)),
            ]
        }
    }

    func findings(risks: [SafeText: JSONValue]) -> [JSONValue] {
        rows.compactMap { scorecard, control in
            guard let state = Self.state(control.status) else { return nil }
            let observations =
                [names.id("control", scorecard.id, control.id)]
                + rules(of: control).map { names.id("rule", $0) }
            let related = rules(of: control).compactMap { risks[$0] }
            return [
                "uuid": names.id("finding", scorecard.id, control.id), "title": OSCALNames.text(control.name),
                "description": OSCALNames.text(control.reason), "props": properties(scorecard, control),
                "target": [
                    "type": "objective-id", "target-id": .text(OSCALNames.token(control.id)),
                    "status": ["state": .text(state), "reason": .text(Self.reason(control.status))],
                ],
                "related-observations": .list(observations.map { ["observation-uuid": $0] }),
                "related-risks": .filled(related.map { ["risk-uuid": $0] }),
            ]
        }
    }

    private func rules(of control: ControlRow) -> [SafeText] {
        let known = Set(report.rules.map(\.id))
        return Set(control.contributions.map(\.rule)).intersection(known).sorted()
    }

    private func properties(_ scorecard: Scorecard, _ control: ControlRow) -> JSONValue {
        [
            OSCALNames.property("framework", scorecard.id), OSCALNames.property("control", control.id),
            OSCALNames.property("status", .word(control.status)),
        ]
    }

    private static func state(_ status: Status) -> SafeText? {
        switch status {
        case .pass: "satisfied"
        case .fail, .waived: "not-satisfied"
        // A warning is a hint against the control, which settles it neither way.
        case .warn, .error, .notAssessed, .notApplicable, .manual: nil
        }
    }

    private static func reason(_ status: Status) -> SafeText {
        switch status {
        case .pass: "pass"
        case .fail: "fail"
        default: "other"
        }
    }
}
