import Model
import YAMLDocuments

/// `kind: Policy`: rules, under the id of the policy that they belong to, and what it changes of those it extends.
enum PolicyForm {
    /// One document's share of a policy.
    struct Part {
        let id: Located<String>
        let title: Located<String>
        let extends: [Located<String>]
        let parameters: [Parameter]
        let settings: [TailoringForm.Setting]
        let overrides: [TailoringForm.Override]
        let disabled: [TailoringForm.Disabling]
        let waiverLimits: Located<WaiverLimits>?
        let rules: [Rule]
    }

    static let form: ValueForm<Part> = mapping(
        "a policy", "rules that hold evidence against controls",
        Envelope.apiVersion, Envelope.kind(.policy),
        required("id", located(Values.text(.dottedName)), "the same in every document of one policy"),
        required("title", located(Values.text), "the same in every document of one policy"),
        optional(
            "extends", Values.list(of: located(Values.text(.dottedName))),
            "policies whose rules it has as well: baseline, strict, agentic, or one given beside it"),
        optional(
            "parameters", Values.list(of: Parameter.form), "numbers that matchers name, to be set elsewhere"),
        optional("set", Values.list(of: TailoringForm.setting), "parameters of policies that it extends"),
        optional(
            "overrides", Values.list(of: TailoringForm.override),
            "rules of policies that it extends, made stricter or milder"),
        optional(
            "disable", Values.list(of: TailoringForm.disabling), "rules of policies that it extends, left out"
        ),
        optional("waivers", located(WaiverLimitsForm.form), "how far its rules can be waived"),
        optional("rules", Values.list(of: RuleForm.form), "what breaks which controls")
    ) { _, _, _, _, id, title, extends, parameters, settings, overrides, disabled, limits, rules in
        Part(
            id: id, title: title, extends: extends ?? [], parameters: parameters ?? [],
            settings: settings ?? [], overrides: overrides ?? [], disabled: disabled ?? [],
            waiverLimits: limits, rules: rules ?? [])
    }
    .then { part, node, reading in
        if node["extends"] == nil { reportLoneKeys(of: node, &reading) }
        return part
    }

    /// Reports keys that make no sense in a document that extends nothing.
    private static func reportLoneKeys(of node: YAMLNode, _ reading: inout Reading) {
        for key in ["set", "overrides", "disable"] {
            guard let value = node[key] else { continue }
            reading.report(
                .contradiction, at: value.mark,
                "\"\(key)\" changes what a policy extends, and this document extends none")
        }
        guard node["rules"] == nil else { return }
        reading.report(
            .missingKey, at: node.mark, "a policy needs the key \"rules\", or \"extends\" and what it extends"
        )
    }

    private static func located<Value>(_ form: ValueForm<Value>) -> ValueForm<Located<Value>> {
        form.then { value, node, _ in Located(value: value, mark: node.mark) }
    }
}
