/// An edge from a rule to a control it speaks to.
package struct ControlEdge: Hashable, Sendable, Codable {
    /// How much a rule's result says of the control.
    package enum Relation: String, Codable, Sendable, CaseIterable {
        /// Breaking the rule breaks the control; meeting it supports the control.
        case direct
        /// Breaking the rule is a hint; meeting it says nothing.
        case indicator
    }

    /// The framework's id.
    package let framework: String
    /// The canonical id of the control.
    package let control: String
    package let relation: Relation
    package let rationale: String

    package init(framework: String, control: String, relation: Relation, rationale: String) {
        self.framework = framework
        self.control = control
        self.relation = relation
        self.rationale = rationale
    }
}
