internal import Model

/// A rule, and what follows from it alone: made once, whatever evidence is held against it.
///
/// A class because each image goes through all of them, and copying a rule is dearer than most verdicts.
final class RulePlan: Sendable {
    let rule: Rule
    /// What it requires, each class once and in order.
    let requires: [EvidenceClass]
    /// The kinds of findings, or types of items, for which it can come out as anything but no; nil where any may.
    let scope: Set<String>?
    private let asksFor: Set<EvidenceClass>

    init(_ rule: Rule) {
        self.rule = rule
        requires = Set(rule.requires).sorted()
        scope =
            switch rule.subject {
            case .finding: rule.matcher.scope(of: .kind)
            case .inventory: rule.matcher.scope(of: .type)
            case .image: nil
            }
        // Else the loss of what is always looked for would leave an optional rule out.
        let asked = Set(rule.requires.filter { !$0.isAlwaysLookedFor })
        asksFor = asked.isEmpty ? Set(rule.requires) : asked
    }

    /// Whether no tool was asked for what the rule is about, where `provided` is what tools report on.
    func isUnasked(of provided: Set<EvidenceClass>) -> Bool {
        rule.isOptional && asksFor.isDisjoint(with: provided)
    }
}
