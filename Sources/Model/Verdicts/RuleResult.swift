/// What came out for one rule.
package struct RuleResult: Hashable, Sendable, Codable {
    /// Something that breaks the rule.
    package struct Violation: Hashable, Sendable, Codable {
        package let subject: FactSubject
        /// The id of the finding or inventory item; the digest of the image.
        package let id: String
        /// The waiver that accepts it; nil where none does.
        package let waiver: String?

        package init(subject: FactSubject, id: String, waiver: String? = nil) {
            self.subject = subject
            self.id = id
            self.waiver = waiver
        }

        private enum CodingKeys: String, CodingKey { case id, subject, waiver }
    }

    // In the order of the document, which is written as it is made.
    private enum CodingKeys: String, CodingKey {
        case effect, id, reason, receipts, remediation, severity, source, status, statusWithoutWaivers, title
        case violations
    }

    package let id: String
    package let title: String
    package let severity: Severity
    package let effect: Rule.Effect
    package let status: Status
    /// What it would be if no risk were accepted.
    package let statusWithoutWaivers: Status
    /// Why, in a sentence: what broke it, what is missing, or what the pass rests on.
    package let reason: String
    package let violations: [Violation]
    /// The detectors whose receipts cover what the rule requires; never empty for a pass.
    package let receipts: [String]
    package let remediation: String
    package let source: String

    package init(
        id: String, title: String, severity: Severity, effect: Rule.Effect, status: Status,
        statusWithoutWaivers: Status? = nil, reason: String,
        violations: [Violation], receipts: [String], remediation: String, source: String
    ) {
        self.id = id
        self.title = title
        self.severity = severity
        self.effect = effect
        self.status = status
        self.statusWithoutWaivers = statusWithoutWaivers ?? status
        self.reason = reason
        self.violations = violations
        self.receipts = receipts
        self.remediation = remediation
        self.source = source
    }
}
