package import Model

/// One control, what came out for it, and the evidence behind that.
///
/// A value like any other; a class only because they are grouped and counted in several ways, and copying each costs more.
package final class ControlRow: Sendable {
    /// A rule that speaks to the control.
    package struct Contribution: Sendable {
        /// The rule's key.
        let key: String
        package let rule: SafeText
        package let title: SafeText
        package let relation: ControlEdge.Relation
        package let status: Status
        package let rationale: SafeText
        package let reason: SafeText
        /// The subjects behind it, by number.
        package let subjects: [Int]
    }

    let groupKey: String
    package let id: SafeText
    package let title: SafeText
    package let status: Status
    package let reason: SafeText
    package let reach: Control.Reach
    package let canSay: SafeText?
    package let cannotSay: SafeText?
    package let contributions: [Contribution]

    /// The control as one line: id and title, which is also its name in JUnit.
    package var name: SafeText { title.isEmpty ? id : "\(id) \(title)" }

    init(_ control: Control, framework: Framework, outcome: Outcome) {
        let result = outcome.result(for: control.id, in: framework.id)
        groupKey = control.group
        id = .cleaning(control.id, limit: 60)
        title = .cleaning(control.title, limit: 200)
        reach = control.reach
        canSay = control.canSay.map { .cleaning($0, limit: 600) }
        cannotSay = control.cannotSay.map { .cleaning($0, limit: 600) }
        // An assessment without the control has not assessed it.
        status = result?.status ?? .notAssessed
        reason = .cleaning(result?.reason ?? "the assessment says nothing of this control", limit: 1000)
        contributions = (result?.contributions ?? []).map { contribution in
            let rule = outcome.rule(contribution.rule)
            return Contribution(
                key: contribution.rule, rule: .cleaning(contribution.rule, limit: 120),
                title: rule?.title ?? "",
                relation: contribution.relation, status: contribution.status,
                rationale: .cleaning(contribution.rationale, limit: 600), reason: rule?.reason ?? "",
                subjects: rule?.subjects ?? [])
        }
        .sorted { ($0.status.attention, $0.rule) < ($1.status.attention, $1.rule) }
    }
}
