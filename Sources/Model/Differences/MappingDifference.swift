/// An edge between a rule and a control that is another than before; without a rule, the control itself.
package struct MappingDifference: Hashable, Sendable, Codable {
    package let framework: String
    package let control: String
    package let rule: String?
    /// How the rule speaks to the control, or how far an image can decide it; nil where it is not there.
    package let before: String?
    /// How the rule speaks to the control, or how far an image can decide it; nil where it is not there.
    package let after: String?

    package init(framework: String, control: String, rule: String?, before: String?, after: String?) {
        self.framework = framework
        self.control = control
        self.rule = rule
        self.before = before
        self.after = after
    }
}
