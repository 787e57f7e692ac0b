/// One requirement of a policy: what breaks it, and which controls that speaks to.
package struct Rule: Hashable, Sendable {
    /// What a match of the rule means.
    package enum Effect: String, Codable, Sendable, CaseIterable {
        case fail, warn
    }

    /// `secrets.deleted-but-recoverable`.
    package let id: String
    package let title: String
    /// Why this matters, in a sentence or two.
    package let rationale: String
    /// Never empty: a rule that needs no evidence could pass without any.
    package var requires: [EvidenceClass]
    /// Whether the rule is left out of an assessment where no detector was asked for any of what it requires.
    ///
    /// For what only other tools report on: nobody has to run one, but whoever does is held to what it says.
    package let isOptional: Bool
    /// Detectors and tools without whose receipts it cannot pass, beside any that provide what it requires.
    package var detectors: [String]
    /// Holds for images the rule is about, to others it is not applicable; nil: it is about every image.
    package var appliesTo: Matcher?
    /// What the matcher looks at, one by one.
    package let subject: FactSubject
    /// What breaks the rule.
    package var matcher: Matcher
    /// How many subjects may break it before it counts as broken.
    package var atMost: Int
    package var effect: Effect
    package var severity: Severity
    /// What to do about it.
    package var remediation: String
    package var controls: [ControlEdge]
    /// Where it is written, `baseline/secrets.yaml:12`.
    package let source: String

    package init(
        id: String, title: String, rationale: String, requires: [EvidenceClass],
        isOptional: Bool = false, detectors: [String] = [], appliesTo: Matcher? = nil,
        subject: FactSubject, matcher: Matcher, atMost: Int = 0, effect: Effect, severity: Severity,
        remediation: String,
        controls: [ControlEdge], source: String
    ) {
        self.id = id
        self.title = title
        self.rationale = rationale
        self.requires = requires
        self.isOptional = isOptional
        self.detectors = detectors
        self.appliesTo = appliesTo
        self.subject = subject
        self.matcher = matcher
        self.atMost = atMost
        self.effect = effect
        self.severity = severity
        self.remediation = remediation
        self.controls = controls
        self.source = source
    }
}
