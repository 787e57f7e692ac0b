/// An accepted risk: who, why, until when, exactly for what.
package struct Waiver: Hashable, Sendable {
    /// What it accepts: everything that fits all that is given here.
    package struct Target: Hashable, Sendable {
        /// A finding's or an item's id.
        package let finding: String?
        /// A secret, wherever it stands.
        package let fingerprint: String?
        /// Whatever breaks this rule.
        package let rule: String?
        /// Names or digests of images; empty for any.
        package let images: [Glob]

        package init(finding: String?, fingerprint: String?, rule: String?, images: [Glob]) {
            self.finding = finding
            self.fingerprint = fingerprint
            self.rule = rule
            self.images = images
        }
    }

    /// What reports call it.
    package let id: String
    package let target: Target
    package let justification: String
    /// Who carries the risk.
    package let owner: String
    /// Who accepted it, never the owner.
    package let approver: String
    package let ticket: String
    package let validity: Validity
    /// Where it is written, `waivers.yaml:12`.
    package let source: String

    package init(
        id: String, target: Target, justification: String, owner: String, approver: String, ticket: String,
        validity: Validity, source: String
    ) {
        self.id = id
        self.target = target
        self.justification = justification
        self.owner = owner
        self.approver = approver
        self.ticket = ticket
        self.validity = validity
        self.source = source
    }
}

/// From when and until when a signature counts: whole days of UTC, the last one included.
package struct Validity: Hashable, Sendable {
    /// The first second of the first day.
    package let created: Instant
    /// The first second of the last day.
    package let lastDay: Instant

    package init(created: Instant, lastDay: Instant) {
        self.created = created
        self.lastDay = lastDay
    }

    /// How many days it counts, both ends included.
    package var days: Int { (lastDay.seconds - created.seconds) / 86_400 + 1 }

    package func hasBegun(at instant: Instant) -> Bool { instant >= created }

    package func hasEnded(at instant: Instant) -> Bool { instant >= lastDay.adding(days: 1) }
}
