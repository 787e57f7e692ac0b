import Model
import YAMLDocuments

/// An entry of a policy's `rules`.
enum RuleForm {
    static let form: ValueForm<Rule> = mapping(
        "a rule", "one requirement: what breaks it, and which controls that speaks to",
        required("id", Values.name(of: .rule, .dottedName), "such as secrets.recoverable-after-deletion"),
        required("title", Values.text, "what is required, in a line"),
        required("rationale", Values.text, "why it matters, in a sentence or two"),
        required(
            "requires", Values.set(of: Values.choice(EvidenceClass.self)), "the evidence it takes to pass"),
        optional("optional", Values.flag, "whether it is left out where no detector was asked for that"),
        optional(
            "detectors", Values.set(of: Values.text), "detectors or tools that must have run: trivy, gitleaks"
        ),
        optional("appliesTo", MatcherForm.form { _ in .image }, "the images it is about; all where left out"),
        required("each", Values.choice(FactSubject.self), "what the matcher looks at, one by one"),
        required("match", MatcherForm.form(over: subjectOfRule), "what breaks the rule"),
        optional("atMost", tolerance, "how many things may break it; 0 where left out"),
        required("effect", Values.choice(Rule.Effect.self), "what breaking it means"),
        required("severity", Values.choice(Severity.self), "how bad breaking it is"),
        required("remediation", Values.text, "what to do about it"),
        required("controls", edges, "the controls it speaks to")
    ) {
        node, reading, id, title, rationale, requires, isOptional, detectors, scope, subject, match, atMost,
        effect, severity, remediation, controls in
        Rule(
            id: id, title: title, rationale: rationale, requires: requires, isOptional: isOptional ?? false,
            detectors: detectors ?? [], appliesTo: scope, subject: subject, matcher: match,
            atMost: atMost ?? 0, effect: effect, severity: severity, remediation: remediation,
            controls: controls,
            source: reading.place(node.mark))
    }

    /// How many things may break a rule.
    static let tolerance = Values.integer(in: 0...1_000_000)

    /// What the rule around a matcher names under `each`, wherever that stands; nil where it names nothing we know.
    @Sendable private static func subjectOfRule(_ reading: Reading) -> FactSubject? {
        guard case .scalar(let name, _) = reading.enclosing?["each"]?.content else { return nil }
        return FactSubject(rawValue: name)
    }

    private static let edge: ValueForm<Located<ControlEdge>> = mapping(
        "an edge", "a control that the rule speaks to, and how much it says of it",
        required("control", Values.control, "its id or an alias"),
        required(
            "relation", Values.choice(ControlEdge.Relation.self), "whether it decides the control or hints"),
        required("rationale", Values.text, "why the one says something of the other")
    ) { node, _, control, relation, rationale in
        let edge = ControlEdge(
            framework: control.framework, control: control.control, relation: relation, rationale: rationale)
        return Located(value: edge, mark: node["control"]?.mark ?? node.mark)
    }

    private static let edges = Values.list(of: edge).then { edges, _, reading in
        var seen: Set<ControlName> = []
        for edge in edges {
            let control = ControlName(framework: edge.value.framework, control: edge.value.control)
            guard !seen.insert(control).inserted else { continue }
            reading.report(
                .duplicate, at: edge.mark,
                "the rule speaks to \(DisplayText.quoted(control.control)) of \(control.framework) a second time"
            )
        }
        return edges.map(\.value)
    }
}
