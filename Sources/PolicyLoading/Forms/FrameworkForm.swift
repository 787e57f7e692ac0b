import Model
import YAMLDocuments

/// `kind: Framework`: one published set of requirements.
enum FrameworkForm {
    static let form: ValueForm<Framework> = mapping(
        "a framework", "one published set of requirements, in one edition",
        Envelope.apiVersion, Envelope.kind(.framework),
        required(
            "id", Values.name(of: .framework, .dottedName), "what policies and reports call it: nist-csf"),
        required("title", Values.text, "its full name"),
        required("edition", Values.text, "in quotes where it is a number: \"2.0\""),
        required("publisher", Values.text, "who publishes it"),
        required("source", Values.text(.link), "where the edition can be read"),
        required("scored", Values.flag, "whether reports show its controls as a scorecard"),
        optional("note", Values.text, "what a report must say of the whole"),
        required("groups", Values.list(of: group), "the parts under which controls are listed"),
        required(
            "controls", Values.list(of: ControlForm.form), "every requirement, in the publication's order"),
        optional("withdrawn", Values.list(of: withdrawn), "ids that are refused, with what took their place"),
        make: framework)

    @Sendable private static func framework(
        _ node: YAMLNode, _ reading: inout Reading, apiVersion: String, kind: String, id: String,
        title: String,
        edition: String, publisher: String, source: String, scored: Bool, note: String?,
        groups: [Framework.Group], controls: [Control], withdrawn: [Framework.Withdrawn]?
    ) -> Framework? {
        reportCycles(among: groups, in: node, &reading)
        reportWithdrawnSuccessors(withdrawn ?? [], in: node, &reading)
        return Framework(
            id: id, title: title, edition: edition, publisher: publisher, source: source, scored: scored,
            note: note, groups: groups, controls: controls, withdrawn: withdrawn ?? [])
    }

    private static let group: ValueForm<Framework.Group> = mapping(
        "a group", "a part of a framework",
        required("id", Values.name(of: .group, .publishedName), "as published: PR.DS"),
        required("title", Values.text, "as published"),
        optional("parent", Values.reference(to: .group, .publishedName), "the group that this one belongs to")
    ) { _, _, id, title, parent in
        Framework.Group(id: id, title: title, parent: parent)
    }

    private static let withdrawn: ValueForm<Framework.Withdrawn> = mapping(
        "a withdrawn control", "an id that was valid once, or looks as if it were",
        required("id", Values.name(of: .control, .alias), "as it was"),
        required(
            "successors", Values.set(of: Values.reference(to: .control, .alias), atLeast: 0),
            "the controls of this framework that took its place"),
        optional("note", Values.text, "what else to know")
    ) { _, _, id, successors, note in
        Framework.Withdrawn(id: id, successors: successors, note: note)
    }

    /// Reports groups that are, through others, their own parent; each circle once.
    private static func reportCycles(
        among groups: [Framework.Group], in node: YAMLNode, _ reading: inout Reading
    ) {
        let parents = Dictionary(
            groups.compactMap { group in group.parent.map { (group.id, $0) } },
            uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        for group in groups {
            var path: Set<String> = []
            var next: String? = group.id
            while let id = next, seen.insert(id).inserted {
                path.insert(id)
                next = parents[id]
            }
            guard let id = next, path.contains(id),
                let mark = mark(of: id, under: "groups", key: "parent", in: node)
            else { continue }
            reading.report(
                .cycle, at: mark,
                "the group \(DisplayText.quoted(id)) is, through its parents, its own parent")
        }
    }

    /// Reports successors that are withdrawn themselves.
    private static func reportWithdrawnSuccessors(
        _ withdrawn: [Framework.Withdrawn], in node: YAMLNode, _ reading: inout Reading
    ) {
        let gone = Set(withdrawn.map(\.id))
        for entry in withdrawn {
            guard let successor = entry.successors.first(where: gone.contains),
                let mark = mark(of: entry.id, under: "withdrawn", key: "successors", in: node)
            else { continue }
            reading.report(
                .contradiction, at: mark, "the successor \(DisplayText.quoted(successor)) is withdrawn itself"
            )
        }
    }

    /// Where `key` of the entry called `id` stands in `list`.
    private static func mark(
        of id: String, under list: String, key: String, in node: YAMLNode
    ) -> YAMLMark? {
        guard case .sequence(let entries) = node[list]?.content else { return nil }
        return entries.first { (try? $0["id"]?.string()) == id }?[key]?.mark
    }
}
