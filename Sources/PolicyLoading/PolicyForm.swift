import Model
import YAMLDocuments

/// `kind: Policy`: rules, under the id of the policy that they belong to.
enum PolicyForm {
    /// One document's share of a policy.
    struct Part {
        let id: Located<String>
        let title: Located<String>
        let rules: [Rule]
    }

    static let form: ValueForm<Part> = mapping(
        "a policy", "rules that hold evidence against controls",
        Envelope.apiVersion, Envelope.kind(.policy),
        required("id", located(Values.text(.dottedName)), "the same in every document of one policy"),
        required("title", located(Values.text), "the same in every document of one policy"),
        required("rules", Values.list(of: RuleForm.form), "what breaks which controls")
    ) { _, _, _, _, id, title, rules in
        Part(id: id, title: title, rules: rules)
    }

    private static func located(_ form: ValueForm<String>) -> ValueForm<Located<String>> {
        form.then { text, node, _ in Located(value: text, mark: node.mark) }
    }
}
