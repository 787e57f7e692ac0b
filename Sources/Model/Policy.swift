/// YAML, loaded and checked: which evidence meets or breaks which controls, how severe, what to do.
package struct Policy: Hashable, Sendable {
    /// `baseline`.
    package let id: String
    package let title: String
    /// A digest of every document it was loaded from.
    package let digest: Digest
    package let frameworks: [Framework]
    /// Ordered by id; ids are unique.
    package let rules: [Rule]

    package init(id: String, title: String, digest: Digest, frameworks: [Framework], rules: [Rule]) {
        self.id = id
        self.title = title
        self.digest = digest
        self.frameworks = frameworks
        self.rules = rules.sorted { $0.id < $1.id }
    }
}

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
    package let requires: [EvidenceClass]
    /// Holds for images the rule is about, to others it is not applicable; nil: it is about every image.
    package let appliesTo: Matcher?
    /// What the matcher looks at, one by one.
    package let subject: FactSubject
    /// What breaks the rule.
    package let matcher: Matcher
    package let effect: Effect
    package let severity: Severity
    /// What to do about it.
    package let remediation: String
    package let controls: [ControlEdge]
    /// Where it is written, `baseline/secrets.yaml:12`.
    package let source: String

    package init(
        id: String, title: String, rationale: String, requires: [EvidenceClass], appliesTo: Matcher? = nil,
        subject: FactSubject, matcher: Matcher, effect: Effect, severity: Severity, remediation: String,
        controls: [ControlEdge], source: String
    ) {
        self.id = id
        self.title = title
        self.rationale = rationale
        self.requires = requires
        self.appliesTo = appliesTo
        self.subject = subject
        self.matcher = matcher
        self.effect = effect
        self.severity = severity
        self.remediation = remediation
        self.controls = controls
        self.source = source
    }
}

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
