package import Model

/// A framework and how the image stands against it.
package struct Scorecard: Sendable {
    package struct Count: Sendable {
        package let status: Status
        package let count: Int
    }

    /// A part of the framework that is counted on its own, such as a function of the CSF.
    package struct Part: Sendable {
        package let title: SafeText
        package let counts: [Count]
        package let total: Int
    }

    package struct Group: Sendable {
        package let title: SafeText
        package let controls: [ControlRow]
    }

    /// `owasp-nhi`.
    package let id: SafeText
    /// Title and edition.
    package let title: SafeText
    package let publisher: SafeText
    package let source: SafeText
    package let note: SafeText?
    package let total: Int
    /// Those that occur, in the order of attention; they add up to `total`.
    package let counts: [Count]
    /// One for each top-level group; empty where there is only one.
    package let parts: [Part]
    package let groups: [Group]

    package var controls: [ControlRow] { groups.flatMap(\.controls) }

    /// How many controls have this status.
    package func count(of status: Status) -> Int { counts.first { $0.status == status }?.count ?? 0 }

    /// The scored frameworks in the order in which the policy's rules name them; those that no rule names come last.
    ///
    /// A rule lists its controls with what its author holds it to first, so the policy decides what a reader meets first.
    static func ordered(_ policy: Policy, outcome: Outcome) -> [Scorecard] {
        var named: [String] = []
        for edge in policy.rules.lazy.flatMap(\.controls) where !named.contains(edge.framework) {
            named.append(edge.framework)
        }
        let scored = policy.frameworks.filter(\.scored)
        let spoken = named.compactMap { id in scored.first { $0.id == id } }
        let silent = scored.filter { !named.contains($0.id) }
        return (spoken + silent).map { Scorecard($0, outcome: outcome) }
    }

    private init(_ framework: Framework, outcome: Outcome) {
        let rows = framework.controls.map { ControlRow($0, framework: framework, outcome: outcome) }
        id = .cleaning(framework.id, limit: 60)
        let name: SafeText = .cleaning(framework.title, limit: 120)
        let edition: SafeText = .cleaning(framework.edition, limit: 40)
        title = framework.title.contains(framework.edition) ? name : "\(name) \(edition)"
        publisher = .cleaning(framework.publisher, limit: 120)
        source = .cleaning(framework.source, limit: 300)
        note = framework.note.map { .cleaning($0, limit: 1000) }
        total = rows.count
        counts = Self.counts(rows)
        let hierarchy = GroupHierarchy(framework.groups)
        let byTop = Dictionary(grouping: rows) { hierarchy.top(of: $0.groupKey) }
        let tops = framework.groups.filter { $0.parent == nil }
        parts =
            tops.count < 2
            ? []
            : tops.compactMap { top in
                byTop[top.id].map {
                    Part(title: hierarchy.title(of: top.id), counts: Self.counts($0), total: $0.count)
                }
            }
        let byGroup = Dictionary(grouping: rows, by: \.groupKey)
        let known = framework.groups.compactMap { group in
            byGroup[group.id].map { Group(title: hierarchy.path(to: group.id), controls: $0) }
        }
        let strays = rows.filter { !hierarchy.contains($0.groupKey) }
        groups = strays.isEmpty ? known : known + [Group(title: "Other", controls: strays)]
    }

    private static func counts(_ rows: [ControlRow]) -> [Count] {
        Status.byAttention.compactMap { status in
            let count = rows.count { $0.status == status }
            return count == 0 ? nil : Count(status: status, count: count)
        }
    }
}

/// The groups of a framework as a tree.
private struct GroupHierarchy {
    private let groups: [String: Framework.Group]

    init(_ groups: [Framework.Group]) {
        self.groups = Dictionary(groups.map { ($0.id, $0) }) { first, _ in first }
    }

    func contains(_ id: String) -> Bool { groups[id] != nil }

    func title(of id: String) -> SafeText {
        let title = groups[id].map(\.title) ?? ""
        let name: SafeText = .cleaning(id, limit: 60)
        guard !title.isEmpty else { return name }
        // An id in small letters is there for references only; one in capitals is how readers know the group.
        let isCode = !id.utf8.contains { (0x61...0x7a).contains($0) }
        return isCode ? "\(name) \(SafeText.cleaning(title, limit: 120))" : .cleaning(title, limit: 120)
    }

    func top(of id: String) -> String { chain(from: id).last ?? id }

    func path(to id: String) -> SafeText { .joined(chain(from: id).reversed().map(title), by: " › ") }

    /// From the group to its top; a loop, which no loader lets through, ends it.
    private func chain(from id: String) -> [String] {
        var chain: [String] = []
        var next: String? = id
        while let id = next, !chain.contains(id) {
            chain.append(id)
            next = groups[id]?.parent
        }
        return chain
    }
}
