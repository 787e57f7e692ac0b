package import Model
import Reporting

/// The way from a control to the bytes that break it, or from a finding to the controls that it breaks.
///
/// Control → rules → findings → receipts → layers and byte ranges, in words for a terminal.
package struct Trail {
    /// What is listed under one rule; the reports have the others.
    private static let most = 50

    let judged: JudgedImage

    /// The trail of the control, rule or finding called `name`, in each image of the file at `path` that has it.
    package static func lines(
        of name: String, in path: String, under selection: PolicySelection, asOf: Instant
    ) throws(AuditError) -> [String] {
        var parts: [[String]] = []
        let images = try JudgedImage.all(in: path, under: selection, asOf: asOf)
        for judged in images {
            let trail = Trail(judged: judged)
            guard let lines = try trail.lines(of: name, in: path) else { continue }
            parts.append(trail.heading + lines)
        }
        guard !parts.isEmpty else {
            let advice = images.first.map { PolicyExplanation.advice(on: name, in: $0.policy) } ?? ""
            let reason =
                FindingSearch.advice(onLengthOf: name).map { "no control or rule is called so; \($0)" }
                ?? "no control, rule or finding of \(path) is called so"
            throw AuditError(code: .noSuchName, place: Self.clean(name), reason: reason + advice)
        }
        return Array(parts.joined(separator: [""]))
    }

    private func lines(of name: String, in path: String) throws(AuditError) -> [String]? {
        let controls = controls(called: name)
        if !controls.isEmpty { return controls.flatMap(lines) }
        if let rule = judged.assessment.rules.first(where: { $0.id == name }) { return lines(of: rule) }
        guard !FindingSearch.all(called: name, in: judged.evidence).isEmpty else { return nil }
        return try FindingSearch.findings(called: name, in: [judged.evidence], of: path)
            .flatMap { [""] + lines(of: $0, indent: "") + broken(by: $0) }
    }

    /// The image, and what it was held against.
    private var heading: [String] {
        let image = judged.evidence.image
        let assessment = judged.assessment
        return [
            "\(Self.clean(image.name)) \(image.digest)",
            "\(assessment.status.rawValue) as of \(assessment.asOf) under \(Self.clean(assessment.policy.id)) \(assessment.policy.digest)",
        ]
    }

    private func controls(called name: String) -> [ControlResult] {
        let ids = judged.policy.frameworks.flatMap { framework in
            framework.controls.filter { $0.id == name || $0.aliases.contains(name) }
                .map { [framework.id, $0.id] }
        }
        return judged.assessment.controls.filter { ids.contains([$0.framework, $0.id]) }
    }

    private func lines(of control: ControlResult) -> [String] {
        let framework = judged.policy.frameworks.first { $0.id == control.framework }
        var lines = ["", "\(control.id)  \(Self.clean(control.title))"]
        if let framework { lines.append("  \(Self.clean(framework.title)) \(Self.clean(framework.edition))") }
        lines.append("  \(control.status.rawValue): \(Self.clean(control.reason))")
        let met: Set<Status> = [.pass, .notApplicable]
        for edge in control.contributions where !met.contains(edge.status) {
            for rule in judged.assessment.rules where rule.id == edge.rule { lines += self.lines(of: rule) }
            lines.append("  speaks to \(control.id), \(edge.relation.rawValue):")
            lines += Columns.wrapped([Self.clean(edge.rationale)])
        }
        let others = control.contributions.filter { met.contains($0.status) }
        guard !others.isEmpty else { return lines }
        let rows = others.map { ["  " + Self.clean($0.rule), $0.status.rawValue, $0.relation.rawValue] }
        return lines + ["", "rules that nothing breaks, each of which can be explained by its name"]
            + Columns.aligned(rows)
    }

    /// The rule, what came of it, and everything that breaks it.
    private func lines(of rule: RuleResult) -> [String] {
        var lines = [
            "", "\(Self.clean(rule.id))  \(Self.clean(rule.title))",
            "  \(rule.status.rawValue), \(rule.severity.rawValue): \(Self.clean(rule.reason))",
            "  written at \(Self.clean(rule.source))",
        ]
        if rule.violations.isEmpty {
            lines += rule.receipts.flatMap { receipts(of: $0, on: nil, indent: "  ") }
        }
        for violation in rule.violations.prefix(Self.most) {
            lines += self.lines(of: violation)
            if let waiver = violation.waiver { lines.append("      waived by \(Self.clean(waiver))") }
        }
        let rest = rule.violations.count - Self.most
        if rest > 0 { lines.append("  and \(rest) more, which the reports list") }
        return lines
    }

    private func lines(of violation: RuleResult.Violation) -> [String] {
        switch violation.subject {
        case .finding:
            judged.evidence.findings.filter { $0.id == violation.id }.flatMap {
                lines(of: $0, indent: "    ")
            }
        case .inventory:
            judged.evidence.inventory.filter { $0.id == violation.id }.flatMap {
                lines(of: $0, indent: "    ")
            }
        case .image: ["    the image itself"]
        }
    }

    /// The rules that the finding breaks, and the controls that these speak to.
    private func broken(by finding: Finding) -> [String] {
        let rules = judged.assessment.rules.filter { rule in
            rule.violations.contains { $0.subject == .finding && $0.id == finding.id }
        }
        guard !rules.isEmpty else { return ["", "It breaks no rule."] }
        return rules.flatMap { rule in
            [
                "", "breaks \(Self.clean(rule.id)): \(rule.status.rawValue), \(rule.severity.rawValue)",
                "  \(Self.clean(rule.title)); written at \(Self.clean(rule.source))",
            ]
                + judged.assessment.controls.flatMap { control in
                    control.contributions.filter { $0.rule == rule.id }.flatMap { edge in
                        [
                            "  \(control.id)  \(Self.clean(control.title)): \(control.status.rawValue), \(edge.relation.rawValue)"
                        ] + Columns.wrapped([Self.clean(edge.rationale)])
                    }
                }
        }
    }

    static func clean(_ text: String) -> String { SafeText.cleaning(text, limit: 600).text }
}
