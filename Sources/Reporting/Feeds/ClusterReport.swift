internal import Model

/// What PolicyReport and OpenReports have in common: a result for each rule and each control, and their counts.
struct ClusterReport {
    private enum Result: String, CaseIterable { case pass, fail, warn, error, skip }

    private let report: Report

    init(_ report: Report) { self.report = report }

    func members(apiVersion: SafeText, kind: SafeText) -> [String: JSONValue] {
        let ofRules = report.rules.map { ($0.status, rule($0)) }
        let ofControls = report.scorecards.flatMap { scorecard in
            scorecard.controls.map { ($0.status, control($0, of: scorecard)) }
        }
        let results = ofRules + ofControls
        let counts = Result.allCases.map { kind in
            (kind.rawValue, JSONValue.number(results.count { Self.result($0.0) == kind }))
        }
        return [
            "apiVersion": .text(apiVersion), "kind": .text(kind), "metadata": metadata,
            "summary": .object(Dictionary(counts) { first, _ in first }),
            "results": .list(results.map(\.1)),
        ]
    }

    private var metadata: JSONValue {
        [
            "name": .text(name),
            "annotations": [
                "palimpsest/image": .text(report.image.name), "palimpsest/digest": .text(report.image.digest),
                "palimpsest/platform": .text(report.image.platform),
                "palimpsest/policy-digest": .text(report.basis.policyDigest),
                "palimpsest/verdict": .word(report.verdict.status),
                "palimpsest/reason": .text(report.verdict.reason),
                "palimpsest/findings": "\(report.subjects.count(where: \.isFinding))",
                "palimpsest/gaps": "\(report.basis.gaps)",
            ],
        ]
    }

    /// As RFC 1123 has the names of hosts; slugs may hold an underscore.
    private var name: SafeText {
        let slug = report.image.slug.text.map { $0 == "_" ? "-" : $0 }
        return .cleaning("palimpsest-\(String(slug))-\(report.image.digest.text.dropFirst(7).prefix(12))")
    }

    private func rule(_ rule: RuleRow) -> JSONValue {
        var members = common(rule.status, message: rule.reason)
        members["policy"] = .text(report.basis.policyID)
        members["rule"] = .text(rule.id)
        members["category"] = "rule"
        members["severity"] = .word(rule.severity)
        members["properties"] = [
            "status": .word(rule.status), "title": .text(rule.title),
            "subjects": "\(rule.subjects.count + (rule.imageItself ? 1 : 0))",
            "controls": .text(.joined(Set(rule.controls.map(\.control)).sorted(), by: " ")),
            "places": .text(places(rule)), "image": .text(report.image.digest),
        ]
        return .object(members)
    }

    private func control(_ control: ControlRow, of scorecard: Scorecard) -> JSONValue {
        var members = common(control.status, message: control.reason)
        members["policy"] = .text(scorecard.id)
        members["rule"] = .text(control.id)
        members["category"] = "control"
        members["properties"] = [
            "status": .word(control.status), "title": .text(control.title),
            "image": .text(report.image.digest),
        ]
        return .object(members)
    }

    private func common(_ status: Status, message: SafeText) -> [String: JSONValue] {
        [
            "result": .word(Self.result(status)), "message": .text(message), "source": "palimpsest",
            "scored": true, "timestamp": ["seconds": .number(report.basis.asOf.seconds), "nanos": 0],
        ]
    }

    /// A few of the places; the object has to stay below what a cluster's store takes.
    private func places(_ rule: RuleRow) -> SafeText {
        let shown = rule.subjects.prefix(5).map { number in
            report.subjects[number - 1].placements(breaking: rule.key)[0].place.shortened(to: 200)
        }
        let more: [SafeText] = rule.subjects.count > 5 ? ["and \(rule.subjects.count - 5) more"] : []
        return .joined(shown + more, by: ", ")
    }

    /// Not known is an error there and not skipped, which readers take for no concern of anybody.
    private static func result(_ status: Status) -> Result {
        switch status {
        case .pass: .pass
        case .warn, .waived: .warn
        case .fail: .fail
        case .error, .notAssessed: .error
        case .notApplicable, .manual: .skip
        }
    }
}
