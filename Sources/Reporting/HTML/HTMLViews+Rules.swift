internal import Model

extension HTMLViews {
    /// Every rule that is not met, each with all that is known of it.
    var openRules: [TemplateView] { report.rules.filter { $0.status != .pass }.map(rule) }

    /// The rules that are met, by what their passes rest on, so that it is said once.
    var metRules: [TemplateView] {
        let met = report.rules.filter { $0.status == .pass }
        let groups = Dictionary(grouping: met) { Footing($0) }
        return groups.sorted { $0.key < $1.key }.map { footing, rules in
            view([
                "requires": .joined(footing.requires, by: ", ") as SafeText,
                "reason": footing.reason,
                "receipts": .joined(footing.receipts, by: ", ") as SafeText,
                "rules": rules.map { rule in
                    view([
                        "anchor": rule.id.anchor, "id": rule.id, "title": rule.title,
                        "severity": .word(rule.severity) as SafeText,
                    ])
                },
            ])
        }
    }

    private func rule(_ rule: RuleRow) -> TemplateView {
        view([
            "anchor": rule.id.anchor,
            "id": rule.id,
            "title": rule.title,
            "status": status(rule.status),
            "severity": .word(rule.severity) as SafeText,
            "effect": .word(rule.effect) as SafeText,
            "isOpen": rule.status.needsAttention,
            "reason": rule.reason,
            "rationale": rule.rationale,
            "remediation": rule.remediation,
            "subjects": references(rule.subjects, limit: 24),
            "requires": .joined(rule.requires, by: ", ") as SafeText,
            "receipts": .joined(rule.receipts, by: ", ") as SafeText,
            "source": rule.source,
            "controls": controls(of: rule),
        ])
    }

    /// `NHI2:2025, PR.DS-01 (indicator)`.
    private func controls(of rule: RuleRow) -> SafeText {
        let names = rule.controls.map { edge -> SafeText in
            edge.relation == .indicator ? "\(edge.control) (indicator)" : edge.control
        }
        return .joined(names, by: ", ")
    }
}

/// What a pass rests on: the evidence the rule needs, and who covered it with what.
private struct Footing: Hashable, Comparable {
    let requires: [SafeText]
    let reason: SafeText
    let receipts: [SafeText]

    init(_ rule: RuleRow) {
        requires = rule.requires
        reason = rule.reason
        receipts = rule.receipts
    }

    static func < (left: Footing, right: Footing) -> Bool {
        if left.requires != right.requires { return left.requires.lexicographicallyPrecedes(right.requires) }
        if left.reason != right.reason { return left.reason < right.reason }
        return left.receipts.lexicographicallyPrecedes(right.receipts)
    }
}
