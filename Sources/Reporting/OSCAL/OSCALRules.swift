internal import Model

/// Rules in OSCAL: what was observed of each, and the risk where one is broken.
struct OSCALRules {
    private let report: Report
    private let names: OSCALNames
    private let violations: [String: [ViolationRow]]

    init(_ report: Report, _ names: OSCALNames) {
        self.report = report
        self.names = names
        violations = Dictionary(grouping: report.violations) { $0.rule.key }
    }

    var observations: [JSONValue] { report.rules.map(observation) }

    var risks: [JSONValue] { broken.map(risk) }

    /// The risks by the id of the rule that is broken.
    var riskIDs: [SafeText: JSONValue] {
        Dictionary(broken.map { ($0.id, names.id("risk", $0.id)) }) { first, _ in first }
    }

    private var broken: [RuleRow] { report.rules.filter { $0.status == .fail || $0.status == .waived } }

    private func observation(_ rule: RuleRow) -> JSONValue {
        [
            "uuid": names.id("rule", rule.id), "title": OSCALNames.text(rule.title),
            "description": OSCALNames.text("\(rule.id): \(rule.reason)"), "methods": ["TEST"],
            "types": ["finding"],
            "props": [
                OSCALNames.property("rule", rule.id), OSCALNames.property("status", .word(rule.status)),
                OSCALNames.property("severity", .word(rule.severity)),
            ],
            "subjects": [["subject-uuid": names.id("image"), "type": "component"]],
            "relevant-evidence": .filled(evidence(of: rule)),
            "collected": .text(.cleaning(report.basis.asOf.description)),
        ]
    }

    private static let places = 100

    private func evidence(of rule: RuleRow) -> [JSONValue] {
        let breaking = rule.subjects.map { number in
            (report.subjects[number - 1], report.subjects[number - 1].placements(breaking: rule.key))
        }
        let all = breaking.lazy.flatMap { subject, places in
            places.lazy.map { "\(subject.title): \($0.place) (\($0.standing))" as SafeText }
        }
        let shown = all.prefix(Self.places).map { text -> JSONValue in ["description": OSCALNames.text(text)]
        }
        let count = breaking.reduce(0) { $0 + $1.1.count }
        guard count > shown.count else { return Array(shown) }
        return shown + [["description": "and \(count - shown.count, "more place") left out here"]]
    }

    private func risk(_ rule: RuleRow) -> JSONValue {
        let waivers = Set(
            (violations[rule.key] ?? []).compactMap(\.waiver).map { waiver -> SafeText in
                "accepted by \(waiver.id): \(waiver.justification) (\(waiver.people), \(waiver.period))"
            })
        let statement: SafeText = rule.rationale.isEmpty ? rule.reason : rule.rationale
        return [
            "uuid": names.id("risk", rule.id), "title": OSCALNames.text(rule.title),
            "description": OSCALNames.text(.joined([rule.reason] + waivers.sorted(), by: "; ")),
            "statement": OSCALNames.text(statement),
            "status": rule.status == .waived ? "deviation-approved" : "open",
            "props": [
                OSCALNames.property("rule", rule.id), OSCALNames.property("severity", .word(rule.severity)),
            ],
            "related-observations": [["observation-uuid": names.id("rule", rule.id)]],
        ]
    }
}
