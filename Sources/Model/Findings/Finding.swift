/// One thing a detector reports, at one place.
///
/// What belongs together (one secret in three places) is grouped by fingerprint.
package struct Finding: Hashable, Sendable, Codable {
    /// A UUIDv5 of rule, location and fingerprint: the same finding has the same id in every run.
    package var id: String
    /// The detector's id, as in its receipt.
    package var detector: String
    /// The detector's own rule, such as `github.personal-access-token`.
    package var rule: String
    package var kind: FindingKind
    package var title: String
    package var severity: Severity
    package var confidence: Confidence
    /// What the confidence rests on; nil where the detector does not say.
    package var confidenceReason: String?
    package var location: Location
    /// The instruction that wrote the layer or the metadata field, as the history has it, secrets masked.
    package var createdBy: String?
    package var persistence: Persistence
    package var removedBy: Removal?
    package var origin: Origin
    /// What the origin is known by; nil where nothing says.
    package var originReason: String?
    /// Where the same secret stands in the source tree that was given; nil where none was.
    package var inSource: [SourcePlace]?
    /// The other images of the run that hold the same secret; nil where there are none.
    package var sharedWith: [ComparedImage]?
    /// Nil where the finding is no secret.
    package var fingerprint: Fingerprint?
    package var preview: Redacted?
    package var attributes: [String: AttributeValue]
    /// Everyone who reports it, in order; nil for what our own detectors alone report, and never empty.
    package var witnesses: [Witness]?

    package init(
        id: String, detector: String, rule: String, kind: FindingKind, title: String, severity: Severity,
        confidence: Confidence, confidenceReason: String? = nil, location: Location, createdBy: String? = nil,
        persistence: Persistence,
        removedBy: Removal? = nil, origin: Origin, originReason: String? = nil,
        fingerprint: Fingerprint? = nil, preview: Redacted? = nil,
        attributes: [String: AttributeValue] = [:], witnesses: [Witness]? = nil
    ) {
        self.id = id
        self.detector = detector
        self.rule = rule
        self.kind = kind
        self.title = title
        self.severity = severity
        self.confidence = confidence
        self.confidenceReason = confidenceReason
        self.location = location
        self.createdBy = createdBy
        self.persistence = persistence
        self.removedBy = removedBy
        self.origin = origin
        self.originReason = originReason
        self.fingerprint = fingerprint
        self.preview = preview
        self.attributes = attributes
        self.witnesses = witnesses
    }

    // In the order of the document, so that nothing of it is moved to get there.
    private enum CodingKeys: String, CodingKey {
        case attributes, confidence, confidenceReason, createdBy, detector, fingerprint, id, inSource, kind,
            location
        case origin, originReason, persistence, preview, removedBy, rule, severity, sharedWith, title,
            witnesses
    }
}

/// The layer that hid something an earlier layer wrote.
package struct Removal: Hashable, Sendable, Codable {
    /// Counts the non-empty layers from 0 at the base.
    package let index: Int
    /// The instruction that made that layer, as the history has it, secrets masked.
    package let createdBy: String?

    package init(index: Int, createdBy: String?) {
        self.index = index
        self.createdBy = createdBy
    }
}
