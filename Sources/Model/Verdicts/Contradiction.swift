/// Where detectors that looked at one image say different things of it.
///
/// Told, and never counted for the image: what one of them reports stands, whatever the others say.
package struct Contradiction: Hashable, Sendable, Codable {
    /// What they say different things of.
    package enum Matter: String, Codable, Sendable, CaseIterable {
        /// Whether there is anything: one reports it, another that looked for its like reports nothing there.
        case presence
        /// Whether a check is passed.
        case check
        /// Whether a credential works.
        case verification
        /// Whether it is to be reported at all.
        case suppression
        /// Whether the image has a signature that holds.
        case signature
        case kind, severity
    }

    /// What some of them say.
    package struct Side: Hashable, Sendable, Codable {
        package let says: String
        /// Those who say it, with their versions.
        package let tools: [String]

        package init(says: String, tools: some Collection<String>) {
            self.says = says
            self.tools = tools.sorted()
        }
    }

    /// What the side of those who report nothing says, where others do.
    package static let notReported = "not reported"

    package let matter: Matter
    /// What all of them looked for; nil where that is told of no such thing.
    package let evidence: EvidenceClass?
    package let sides: [Side]
    /// The ids of the findings on which they disagree so, in order; none where it is about the image.
    package let findings: [String]

    package init(
        _ matter: Matter, evidence: EvidenceClass?, sides: some Collection<Side>,
        findings: some Collection<String>
    ) {
        self.matter = matter
        self.evidence = evidence
        self.sides = sides.sorted { ($0.says, $0.tools.joined()) < ($1.says, $1.tools.joined()) }
        self.findings = findings.sorted()
    }
}
