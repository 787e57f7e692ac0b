/// What became of one secret, one thing at one place, or one item that breaks rules.
package struct SubjectDifference: Hashable, Sendable, Codable {
    package let change: Change
    package let subject: FactSubject
    /// Of its first placement in the later audit; in the earlier one where it is gone.
    package let id: String
    /// A finding's kind or an item's type.
    package let kind: String
    /// The detector's rule; nil for an item.
    package let rule: String?
    package let title: String
    package let severity: Severity
    /// Nil where it is no secret.
    package let fingerprint: Fingerprint?
    /// The first of its places, as reports show them.
    package let places: [String]
    /// How many places there are.
    package let placements: Int
    /// The rules of the policy that it breaks, or broke where it is gone.
    package let breaks: [String]
    /// The waivers that accept all of that in the later audit; nil where none do.
    package let acceptedBy: [String]?
    /// What the change rests on, in a sentence; nil where there is nothing to say.
    package let reason: String?

    package init(
        change: Change, subject: FactSubject, id: String, kind: String, rule: String?, title: String,
        severity: Severity, fingerprint: Fingerprint?, places: [String], placements: Int, breaks: [String],
        acceptedBy: [String]?, reason: String?
    ) {
        self.change = change
        self.subject = subject
        self.id = id
        self.kind = kind
        self.rule = rule
        self.title = title
        self.severity = severity
        self.fingerprint = fingerprint
        self.places = places
        self.placements = placements
        self.breaks = breaks
        self.acceptedBy = acceptedBy
        self.reason = reason
    }
}

extension SubjectDifference: Comparable {
    /// By change, the worst first, then by what it is.
    package static func < (left: SubjectDifference, right: SubjectDifference) -> Bool {
        guard left.change == right.change else { return left.change < right.change }
        guard left.severity == right.severity else { return left.severity > right.severity }
        guard left.title == right.title else { return left.title < right.title }
        guard left.places == right.places else { return left.places.lexicographicallyPrecedes(right.places) }
        return (left.kind, left.rule ?? "", left.fingerprint?.text ?? "", left.id)
            < (right.kind, right.rule ?? "", right.fingerprint?.text ?? "", right.id)
    }
}
