/// A control that comes out otherwise.
package struct ControlDifference: Hashable, Sendable, Codable {
    package let framework: String
    package let control: String
    package let title: String
    /// Nil where the audit has no such control.
    package let before: Status?
    /// Nil where the audit has no such control.
    package let after: Status?

    package init(framework: String, control: String, title: String, before: Status?, after: Status?) {
        self.framework = framework
        self.control = control
        self.title = title
        self.before = before
        self.after = after
    }
}
