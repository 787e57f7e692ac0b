import Model

/// A finding that grows as more detectors report it.
///
/// What they make of it is told by the gravest word, whoever said it and in whatever order they came: the worst severity
/// that one of them gives, the most specific kind, the highest confidence.
struct JointFinding {
    /// As whoever came first reports it.
    let first: Finding
    var fingerprints: Set<Fingerprint> = []
    /// The ids of a vulnerability or a check.
    var names: Set<String> = []

    /// None as long as nobody else reports it.
    private var witnesses: Set<Witness> = []
    private var kind: RankedKind
    private var unrated: Severity
    private var confidence: (degree: Confidence, reason: String?)
    private var fingerprint: Fingerprint?
    private var preview: Redacted?
    private var attributes: [String: AttributeValue]

    init(_ finding: Finding) {
        first = finding
        kind = RankedKind(finding)
        unrated = finding.severity
        confidence = (finding.confidence, finding.confidenceReason)
        fingerprint = finding.fingerprint
        preview = finding.preview
        attributes = finding.attributes
    }

    mutating func join(_ finding: Finding) {
        if witnesses.isEmpty { witnesses = Self.witnesses(first) }
        witnesses.formUnion(Self.witnesses(finding))
        kind = max(kind, RankedKind(finding))
        unrated = max(unrated, finding.severity)
        if finding.confidence > confidence.degree {
            confidence = (finding.confidence, finding.confidenceReason)
        }
        fingerprint = fingerprint ?? finding.fingerprint
        preview = preview ?? finding.preview
        attributes.merge(finding.attributes) { own, _ in own }
    }

    /// Notes that somebody found the same check passed, which takes nothing from what the others say.
    mutating func note(passedBy witness: Witness) {
        if witnesses.isEmpty { witnesses = Self.witnesses(first) }
        witnesses.insert(witness)
    }

    /// Everything together.
    var finding: Finding {
        guard !witnesses.isEmpty else { return first }
        var finding = first
        finding.kind = kind.kind
        finding.severity = witnesses.compactMap(\.severity).max() ?? unrated
        finding.confidence = confidence.degree
        finding.confidenceReason = confidence.reason
        finding.fingerprint = fingerprint
        finding.preview = preview
        finding.attributes = attributes
        finding.witnesses = witnesses.sorted()
        return finding
    }

    private static func witnesses(_ finding: Finding) -> Set<Witness> {
        let own = Witness(
            detector: finding.detector, rule: finding.rule, kind: finding.kind, severity: finding.severity)
        return Set(finding.witnesses ?? [own])
    }
}

/// A kind with how much is to be made of it.
private struct RankedKind: Comparable {
    let kind: FindingKind
    /// Our own detectors saw the bytes.
    private let isOwn: Bool
    private let confidence: Confidence

    init(_ finding: Finding) {
        kind = finding.kind
        isOwn = finding.witnesses == nil
        confidence = finding.confidence
    }

    /// What our own detectors could name stays what it is.
    ///
    /// What can do no harm of itself makes nothing of what could.
    private var specificity: Int {
        switch kind {
        case .genericCredential: 1
        case .serviceCredential: 2
        case .encryptedKey, .keystore: isOwn ? 4 : 0
        default: isOwn ? 4 : 3
        }
    }

    static func < (left: RankedKind, right: RankedKind) -> Bool {
        if left.specificity != right.specificity { return left.specificity < right.specificity }
        if left.isOwn != right.isOwn { return right.isOwn }
        if left.confidence != right.confidence { return left.confidence < right.confidence }
        return left.kind.rawValue > right.kind.rawValue
    }
}
