/// What became of one waiver over one image.
package struct WaiverResult: Hashable, Sendable, Codable {
    package enum State: String, Codable, Sendable, CaseIterable {
        /// It covers something.
        case active
        /// It covers something, and ends soon.
        case expiring
        /// Its last day is over, and what it covered counts again, but for what another accepts.
        case expired
        /// Its first day has not come.
        case pending
        /// Nothing of this image is what it is about.
        case unused
        /// It would cover more than the policy lets one waiver cover, and covers nothing.
        case overBroad = "over-broad"
        /// It was given for longer than the policy allows for this severity, and covers nothing.
        case overLong = "over-long"

        /// Whether what it is about is accepted.
        package var covers: Bool { self == .active || self == .expiring }
    }

    package let id: String
    package let state: State
    /// Why it is in that state, in a sentence.
    package let reason: String
    package let justification: String
    package let owner: String
    package let approver: String
    package let ticket: String
    package let created: Instant
    /// The last day on which it counts.
    package let expires: Instant
    /// What it covers, or would, by rule.
    package let subjects: [Subject]
    package let source: String

    /// Something that breaks a rule, and that the waiver is about.
    package struct Subject: Hashable, Sendable, Codable {
        package let rule: String
        package let id: String

        package init(rule: String, id: String) {
            self.rule = rule
            self.id = id
        }
    }

    package init(_ waiver: Waiver, state: State, reason: String, subjects: [Subject]) {
        id = waiver.id
        self.state = state
        self.reason = reason
        justification = waiver.justification
        owner = waiver.owner
        approver = waiver.approver
        ticket = waiver.ticket
        created = waiver.validity.created
        expires = waiver.validity.lastDay
        self.subjects = subjects
        source = waiver.source
    }
}
