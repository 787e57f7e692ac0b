/// One detector's word on a finding that several report, or that only another tool does.
package struct Witness: Hashable, Sendable, Codable {
    /// As in its receipt.
    package let detector: String
    /// Its own rule.
    package let rule: String
    package let kind: FindingKind
    /// Nil where it does not say, or not in a word that we know.
    package let severity: Severity?
    /// Whether it tried the credential, and it works; nil where it did not try.
    package let verified: Bool?
    /// Why it was told not to report it; nil where it was not.
    package let suppressed: String?
    /// True of one that does not report it, but says that the image passed the same check; else nil.
    package let passed: Bool?

    package init(
        detector: String, rule: String, kind: FindingKind, severity: Severity?, verified: Bool? = nil,
        suppressed: String? = nil, passed: Bool? = nil
    ) {
        self.detector = detector
        self.rule = rule
        self.kind = kind
        self.severity = severity
        self.verified = verified
        self.suppressed = suppressed
        self.passed = passed
    }
}

extension Witness: Comparable {
    package static func < (left: Witness, right: Witness) -> Bool {
        let names = (left.detector, left.rule, left.kind.rawValue, left.suppressed ?? "")
        let others = (right.detector, right.rule, right.kind.rawValue, right.suppressed ?? "")
        return names == others ? left.words < right.words : names < others
    }

    /// What it says beside the names, as it compares: nothing said comes first.
    private var words: (Int, Int, Int) {
        (severity.map(\.rank) ?? -1, verified.map { $0 ? 1 : 0 } ?? -1, passed == true ? 1 : 0)
    }
}
