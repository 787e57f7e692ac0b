/// A control by its framework and its canonical id.
package struct ControlName: Hashable, Sendable {
    /// The framework's id.
    package let framework: String
    package let control: String

    package init(framework: String, control: String) {
        self.framework = framework
        self.control = control
    }
}
