internal import Model

/// What to do, and about which subjects: those that break the same rules are dealt with in the same way.
package struct Remedy: Sendable {
    /// Rules broken, the worst first, each with what to do; empty for subjects that break none.
    package let rules: [RuleRow]
    package let subjects: [Subject]
    package let imageItself: Bool

    /// The worst first; subjects that break no rule last.
    static func grouped(subjects: [Subject], rules: [RuleRow]) -> [Remedy] {
        let order = Dictionary(rules.enumerated().map { ($0.element.key, $0.offset) }) { first, _ in first }
        let groups = Dictionary(grouping: subjects) { $0.brokenRules.compactMap { order[$0] }.sorted() }
        let ofSubjects = groups.map { key, members in
            Remedy(rules: key.map { rules[$0] }, subjects: members, imageItself: false)
        }
        let ofImage = rules.filter(\.imageItself).map { Remedy(rules: [$0], subjects: [], imageItself: true) }
        return (ofSubjects + ofImage).sorted { left, right in left.rank.lexicographicallyPrecedes(right.rank)
        }
    }

    private var rank: [Int] {
        let worst = rules.map(\.severity.rank).max() ?? -1
        return [-worst, subjects.first?.number ?? Int.max, -rules.count]
    }
}
