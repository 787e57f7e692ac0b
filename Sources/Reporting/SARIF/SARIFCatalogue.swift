internal import Model

/// What results refer to: the rules, and the frameworks with their controls, each with its position.
struct SARIFCatalogue {
    private let report: Report
    private let ruleIndices: [String: Int]
    /// The frameworks by position; those that rules only refer to come last.
    private let frameworks: [SafeText]
    private let taxa: [SafeText: [SafeText]]
    /// References to the controls that each rule speaks to, with how it does.
    private let references: [String: [(target: JSONValue, relation: ControlEdge.Relation)]]

    init(_ report: Report) {
        self.report = report
        ruleIndices = Dictionary(report.rules.enumerated().map { ($1.key, $0) }) { first, _ in first }
        var taxa: [SafeText: [SafeText]] = [:]
        for scorecard in report.scorecards { taxa[scorecard.id] = scorecard.controls.map(\.id) }
        let scored = report.scorecards.map(\.id)
        let edges = report.rules.flatMap(\.controls).filter { !scored.contains($0.framework) }
        let referred = Dictionary(grouping: edges, by: \.framework).mapValues {
            Set($0.map(\.control)).sorted()
        }
        self.taxa = taxa.merging(referred) { first, _ in first }
        frameworks = scored + referred.keys.sorted()
        references = Self.references(of: report.rules, frameworks: frameworks, taxa: self.taxa)
    }

    private static func references(
        of rules: [RuleRow], frameworks: [SafeText], taxa: [SafeText: [SafeText]]
    ) -> [String: [(target: JSONValue, relation: ControlEdge.Relation)]] {
        func positions(_ ids: [SafeText]) -> [SafeText: Int] {
            Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
        }
        let frameworkIndices = positions(frameworks)
        let controlIndices = taxa.mapValues(positions)
        let references = rules.map { rule in
            let ofRule = rule.controls.compactMap { edge -> (target: JSONValue, ControlEdge.Relation)? in
                guard let framework = frameworkIndices[edge.framework],
                    let control = controlIndices[edge.framework]?[edge.control]
                else { return nil }
                let target: JSONValue = [
                    "id": .text(edge.control), "index": .number(control),
                    "toolComponent": ["name": .text(edge.framework), "index": .number(framework)],
                ]
                return (target, edge.relation)
            }
            return (rule.key, ofRule)
        }
        return Dictionary(references) { first, _ in first }
    }

    func index(of rule: RuleRow) -> Int { ruleIndices[rule.key] ?? -1 }

    var driver: JSONValue {
        let references = frameworks.enumerated().map { index, id -> JSONValue in
            ["name": .text(id), "index": .number(index)]
        }
        return [
            "name": "palimpsest", "fullName": .text(report.tool), "rules": .list(report.rules.map(rule)),
            "shortDescription": ["text": "audits every layer of container images against policy"],
            "notifications": .list(SARIFInvocation.descriptors), "supportedTaxonomies": .filled(references),
        ]
    }

    /// References to the controls that the rule speaks to.
    func taxa(of rule: RuleRow) -> [JSONValue] { (references[rule.key] ?? []).map(\.target) }

    private func rule(_ rule: RuleRow) -> JSONValue {
        let relationships = (references[rule.key] ?? []).map { target, relation -> JSONValue in
            ["target": target, "kinds": ["relevant"], "properties": ["relation": .word(relation)]]
        }
        // GitHub takes twenty tags.
        let tags = (["security"] + Set(rule.controls.map(\.control)).sorted()).prefix(20)
        return [
            "id": .text(rule.id), "shortDescription": ["text": text(rule.title)],
            "fullDescription": ["text": text(rule.rationale.isEmpty ? rule.title : rule.rationale)],
            "help": ["text": text(rule.remediation.isEmpty ? rule.title : rule.remediation)],
            "defaultConfiguration": ["level": rule.effect == .fail ? "error" : "warning"],
            "relationships": .filled(relationships),
            "properties": [
                "tags": .texts(tags), "security-severity": .text(rule.severity.score),
                "severity": .word(rule.severity), "status": .word(rule.status), "reason": .text(rule.reason),
                "source": .text(rule.source),
            ],
        ]
    }

    /// GitHub takes 1,024 characters.
    private func text(_ text: SafeText) -> JSONValue { .text(text.shortened(to: 1024)) }

    var taxonomies: [JSONValue] {
        frameworks.map { id in
            guard let scorecard = report.scorecards.first(where: { $0.id == id }) else {
                let referred = (taxa[id] ?? []).map { control -> JSONValue in ["id": .text(control)] }
                return ["name": .text(id), "isComprehensive": false, "taxa": .list(referred)]
            }
            return [
                "name": .text(id), "fullName": .text(scorecard.title),
                "organization": .text(scorecard.publisher),
                "informationUri": scorecard.source.text.hasPrefix("https://") ? .text(scorecard.source) : nil,
                "isComprehensive": true, "taxa": .list(scorecard.controls.map(taxon)),
            ]
        }
    }

    private func taxon(_ control: ControlRow) -> JSONValue {
        [
            "id": .text(control.id), "shortDescription": ["text": .text(control.name)],
            "properties": ["status": .word(control.status), "reason": .text(control.reason)],
        ]
    }
}

extension Severity {
    /// As GitHub wants it, so that its four grades are ours.
    fileprivate var score: SafeText {
        switch self {
        case .critical: "9.5"
        case .high: "8.0"
        case .medium: "5.5"
        case .low: "3.0"
        case .info: "0.5"
        }
    }
}
