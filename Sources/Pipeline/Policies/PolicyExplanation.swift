import Model
import PolicyLoading

/// What `policy explain` says of a rule or of a control: everything that is written about it, in one place.
package enum PolicyExplanation {
    /// The lines for the rule or the control called `name`.
    package static func lines(of name: String, in selection: PolicySelection) throws(AuditError) -> [String] {
        let policy = try PolicySources.policy(selection).policy
        if let rule = policy.rules.first(where: { $0.id == name }) { return lines(of: rule, in: policy) }
        let controls = policy.frameworks.flatMap { framework in
            framework.controls.filter { $0.id == name || $0.aliases.contains(name) }
                .map { lines(of: $0, in: framework, of: policy) }
        }
        guard controls.isEmpty else { return Array(controls.joined(separator: [""])) }
        throw AuditError(
            code: .brokenPolicy, place: name,
            reason: "the policy \(policy.id) has no rule or control of this name"
                + advice(on: name, in: policy))
    }

    /// What took the place of a control that was withdrawn, or the name that was probably meant.
    static func advice(on name: String, in policy: Policy) -> String {
        let withdrawn = policy.frameworks.lazy.flatMap(\.withdrawn).first { $0.id == name }
        if let withdrawn {
            guard !withdrawn.successors.isEmpty else { return "; it was withdrawn" }
            return "; it was withdrawn, see \(withdrawn.successors.joined(separator: ", "))"
        }
        let names =
            policy.rules.map(\.id)
            + policy.frameworks.flatMap { $0.controls.flatMap { [$0.id] + $0.aliases } }
        return Suggestion.nearest(to: name, among: names).map { "; did you mean \($0)?" } ?? ""
    }

    private static func lines(of rule: Rule, in policy: Policy) -> [String] {
        var lines = ["\(rule.id)  \(rule.title)", ""]
        lines += Columns.wrapped([rule.rationale]) + [""]
        lines.append("is written at      \(rule.source)")
        lines.append("breaking it is a   \(rule.effect.rawValue), \(rule.severity.rawValue)")
        lines.append(
            "needs              \((rule.requires.map(\.rawValue) + rule.detectors).joined(separator: ", "))")
        if let scope = rule.appliesTo { lines.append("is about images    \(scope.words)") }
        lines.append("looks at           each \(rule.subject.rawValue)")
        if rule.atMost > 0 { lines.append("lets be            \(rule.atMost)") }
        lines.append("is broken by one for which")
        lines += rule.matcher.outline(indent: 1)
        for change in policy.tailoring where change.subject == rule.id {
            lines.append("changed            \(change.change), at \(change.source): \(change.reason)")
        }
        lines += ["", "what to do"] + Columns.wrapped([rule.remediation]) + ["", "speaks to"]
        for edge in rule.controls {
            lines.append("  \(edge.control) of \(edge.framework), \(edge.relation.rawValue)")
            lines += Columns.wrapped([edge.rationale])
        }
        return lines
    }

    private static func lines(
        of control: Control, in framework: Framework, of policy: Policy
    ) -> [String] {
        var lines = [
            "\(control.id)  \(control.title)", "\(framework.title) \(framework.edition), \(framework.source)",
        ]
        lines.append("an image           \(words(control.reach))")
        if let says = control.canSay { lines += ["what it can say"] + Columns.wrapped([says]) }
        if let not = control.cannotSay { lines += ["what it cannot"] + Columns.wrapped([not]) }
        let rules = policy.rules.flatMap { rule in
            rule.controls.filter { $0.framework == framework.id && $0.control == control.id }.map {
                (rule, $0)
            }
        }
        lines.append(rules.isEmpty ? "no rule of \(policy.id) speaks to it" : "rules that speak to it")
        for (rule, edge) in rules {
            lines.append("  \(rule.id), \(edge.relation.rawValue)")
            lines += Columns.wrapped([edge.rationale])
        }
        return lines
    }

    private static func words(_ reach: Control.Reach) -> String {
        switch reach {
        case .decides: "can show it broken, and complete coverage supports that it is met"
        case .partial: "can show it broken; whether it is met depends on more"
        case .indicates: "holds hints at most"
        case .fleet: "says nothing alone, many together do"
        case .none: "can tell nothing of it"
        }
    }
}

extension Matcher {
    /// The condition over several lines, deeper ones further in.
    fileprivate func outline(indent: Int) -> [String] {
        let margin = String(repeating: "  ", count: indent)
        switch self {
        case .all(let parts): return Self.outline("all of", parts, margin, indent)
        case .any(let parts): return Self.outline("any of", parts, margin, indent)
        case .not(.test(let field, let test)): return [margin + "not: \(field.name) \(test.words)"]
        case .not(let part): return Self.outline("not", [part], margin, indent)
        case .test(let field, let test): return [margin + "\(field.name) \(test.words)"]
        }
    }

    private static func outline(
        _ word: String, _ parts: [Matcher], _ margin: String, _ indent: Int
    ) -> [String] {
        [margin + word] + parts.flatMap { $0.outline(indent: indent + 1) }
    }
}
