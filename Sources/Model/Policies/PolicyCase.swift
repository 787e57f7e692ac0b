/// A case of a policy's tests: evidence, and what the policy must make of it.
package struct PolicyCase: Hashable, Sendable {
    /// Where its evidence is from.
    package enum Given: Hashable, Sendable {
        case evidence(Evidence)
        /// A file, by its path from the folder of the document that the case is in.
        case file(String)
    }

    package let name: String
    /// The id of the policy that is tested.
    package let policy: String
    package let given: Given
    package let signOffs: SignOffs
    /// The instant at which it is judged.
    package let asOf: Instant
    package let wants: Wants
    /// The document it is in.
    package let file: String
    /// Where it is written, `cases/secrets.yaml:12`.
    package let source: String

    /// What must come out; what is left out may come out as it likes.
    package struct Wants: Hashable, Sendable {
        package let image: Status?
        package let rules: [String: Status]
        /// What every rule that is not named must come out as.
        package let otherRules: Status?
        package let controls: [ControlName: Status]
        /// How many things break a rule.
        package let violations: [String: Int]
        package let severities: [String: Severity]
        /// The controls that a broken rule breaks, by rule.
        package let breaks: [String: Set<ControlName>]
        /// The controls that a broken rule gives a hint against, by rule.
        package let hints: [String: Set<ControlName>]
        package let waivers: [String: WaiverResult.State]

        package init(
            image: Status? = nil, rules: [String: Status] = [:], otherRules: Status? = nil,
            controls: [ControlName: Status] = [:], violations: [String: Int] = [:],
            severities: [String: Severity] = [:], breaks: [String: Set<ControlName>] = [:],
            hints: [String: Set<ControlName>] = [:], waivers: [String: WaiverResult.State] = [:]
        ) {
            self.image = image
            self.rules = rules
            self.otherRules = otherRules
            self.controls = controls
            self.violations = violations
            self.severities = severities
            self.breaks = breaks
            self.hints = hints
            self.waivers = waivers
        }
    }

    package init(
        name: String, policy: String, given: Given, signOffs: SignOffs = .none, asOf: Instant, wants: Wants,
        file: String, source: String
    ) {
        self.name = name
        self.policy = policy
        self.given = given
        self.signOffs = signOffs
        self.asOf = asOf
        self.wants = wants
        self.file = file
        self.source = source
    }
}
