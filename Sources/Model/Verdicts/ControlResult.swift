/// What came out for one control.
package struct ControlResult: Hashable, Sendable, Codable {
    /// A rule that speaks to the control, and what came out for it.
    package struct Contribution: Hashable, Sendable, Codable {
        package let rule: String
        package let relation: ControlEdge.Relation
        package let status: Status
        package let rationale: String

        package init(rule: String, relation: ControlEdge.Relation, status: Status, rationale: String) {
            self.rule = rule
            self.relation = relation
            self.status = status
            self.rationale = rationale
        }
    }

    package let framework: String
    package let id: String
    package let title: String
    package let group: String
    package let reach: Control.Reach
    package let status: Status
    /// Why, in a sentence.
    package let reason: String
    package let contributions: [Contribution]

    package init(
        framework: String, id: String, title: String, group: String, reach: Control.Reach, status: Status,
        reason: String, contributions: [Contribution]
    ) {
        self.framework = framework
        self.id = id
        self.title = title
        self.group = group
        self.reach = reach
        self.status = status
        self.reason = reason
        self.contributions = contributions
    }
}
