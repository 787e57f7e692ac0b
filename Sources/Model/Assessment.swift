/// Evidence held against policy: a status for each rule, each control and the image.
package struct Assessment: Hashable, Sendable, Codable {
    /// The name and version of the document's form.
    package static let schema = "palimpsest.assessment/1"

    package let schemaVersion: String
    package let image: ImageFacts
    /// The instant at which the evidence was judged; passed in, never the clock.
    package let asOf: Instant
    package let policy: PolicyReference
    /// The worst of the rules; `not-assessed` where evidence is missing, whatever else failed.
    package let status: Status
    /// What the status rests on, in a sentence.
    package let reason: String
    package let rules: [RuleResult]
    package let controls: [ControlResult]

    /// The policy that was applied.
    package struct PolicyReference: Hashable, Sendable, Codable {
        package let id: String
        package let title: String
        package let digest: Digest

        package init(id: String, title: String, digest: Digest) {
            self.id = id
            self.title = title
            self.digest = digest
        }
    }

    package init(
        image: ImageFacts, asOf: Instant, policy: PolicyReference, status: Status, reason: String,
        rules: [RuleResult], controls: [ControlResult]
    ) {
        schemaVersion = Self.schema
        self.image = image
        self.asOf = asOf
        self.policy = policy
        self.status = status
        self.reason = reason
        self.rules = rules
        self.controls = controls
    }
}

/// What came out for one rule.
package struct RuleResult: Hashable, Sendable, Codable {
    /// Something that breaks the rule.
    package struct Violation: Hashable, Sendable, Codable {
        package let subject: FactSubject
        /// The id of the finding or inventory item; the digest of the image.
        package let id: String

        package init(subject: FactSubject, id: String) {
            self.subject = subject
            self.id = id
        }
    }

    package let id: String
    package let title: String
    package let severity: Severity
    package let effect: Rule.Effect
    package let status: Status
    /// Why, in a sentence: what broke it, what is missing, or what the pass rests on.
    package let reason: String
    package let violations: [Violation]
    /// The detectors whose receipts cover what the rule requires; never empty for a pass.
    package let receipts: [String]
    package let remediation: String
    package let source: String

    package init(
        id: String, title: String, severity: Severity, effect: Rule.Effect, status: Status, reason: String,
        violations: [Violation], receipts: [String], remediation: String, source: String
    ) {
        self.id = id
        self.title = title
        self.severity = severity
        self.effect = effect
        self.status = status
        self.reason = reason
        self.violations = violations
        self.receipts = receipts
        self.remediation = remediation
        self.source = source
    }
}

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
