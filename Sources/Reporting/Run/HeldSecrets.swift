internal import Model

/// The secrets of an image by their fingerprints, as far as a page on many images can keep them.
struct HeldSecrets: Sendable {
    struct Secret: Sendable {
        let fingerprint: Fingerprint
        let title: SafeText
        let severity: Severity
    }

    /// At most so many are kept of one image: those that others are known to share first, then the worst.
    static let limit = 500

    let all: [Secret]
    let leftOut: Int
    /// Fingerprints compare only under the same key.
    let key: String

    init(_ evidence: Evidence) {
        // By their places: findings are large, and these are sorted.
        let findings = evidence.findings
        var worst: [Fingerprint: Int] = [:]
        var shared: Set<Fingerprint> = []
        for (place, finding) in findings.enumerated() {
            guard let fingerprint = finding.fingerprint else { continue }
            if finding.sharedWith != nil { shared.insert(fingerprint) }
            let known = worst[fingerprint].map { Self.weight(findings[$0]) }
            if known.map({ $0 < Self.weight(finding) }) ?? true { worst[fingerprint] = place }
        }
        let ordered = worst.sorted { left, right in
            let (first, second) = (shared.contains(left.key), shared.contains(right.key))
            if first != second { return first }
            let (worse, other) = (findings[left.value].severity, findings[right.value].severity)
            if worse != other { return worse > other }
            // Not by anything of the image, so that two of them keep the same.
            return left.key.text < right.key.text
        }
        key = evidence.fingerprintKey
        leftOut = max(ordered.count - Self.limit, 0)
        all = ordered.prefix(Self.limit).map { fingerprint, place in
            Secret(
                fingerprint: fingerprint, title: .cleaning(findings[place].title, limit: 120),
                severity: findings[place].severity)
        }
    }

    private static func weight(_ finding: Finding) -> (Severity, Confidence, String) {
        (finding.severity, finding.confidence, finding.title)
    }
}
