/// A change that a policy makes to one that it extends, told so that nobody weakens a policy unseen.
package struct Tailoring: Hashable, Sendable, Codable {
    /// The rule or parameter that is changed.
    package let subject: String
    /// `disabled`, `severity high → low`, `365 → 90`.
    package let change: String
    package let reason: String
    /// Where it is written, `acme.yaml:12`.
    package let source: String

    package init(subject: String, change: String, reason: String, source: String) {
        self.subject = subject
        self.change = change
        self.reason = reason
        self.source = source
    }
}
