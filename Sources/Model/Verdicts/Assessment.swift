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
    /// What the status would be if no risk were accepted.
    package let statusWithoutWaivers: Status
    /// The digest of the documents that people signed; nil where there are none.
    package let signOffs: Digest?
    package let waivers: [WaiverResult]
    package let attestations: [AttestationResult]
    package let rules: [RuleResult]
    package let controls: [ControlResult]
    /// Where detectors say different things of the image; nil where they do not.
    package let contradictions: [Contradiction]?

    /// The policy that was applied.
    package struct PolicyReference: Hashable, Sendable, Codable {
        package let id: String
        package let title: String
        package let digest: Digest
        /// What it changes of the policies that it extends.
        package let tailoring: [Tailoring]

        package init(id: String, title: String, digest: Digest, tailoring: [Tailoring] = []) {
            self.tailoring = tailoring
            self.id = id
            self.title = title
            self.digest = digest
        }
    }

    // In the order of the document, which is written as it is made.
    private enum CodingKeys: String, CodingKey {
        case asOf, attestations, contradictions, controls, image, policy, reason, rules, schemaVersion,
            signOffs
        case status, statusWithoutWaivers, waivers
    }

    package init(
        image: ImageFacts, asOf: Instant, policy: PolicyReference, status: Status, reason: String,
        statusWithoutWaivers: Status? = nil, signOffs: Digest? = nil, waivers: [WaiverResult] = [],
        attestations: [AttestationResult] = [], rules: [RuleResult], controls: [ControlResult],
        contradictions: [Contradiction] = []
    ) {
        schemaVersion = Self.schema
        self.image = image
        self.asOf = asOf
        self.policy = policy
        self.status = status
        self.reason = reason
        self.statusWithoutWaivers = statusWithoutWaivers ?? status
        self.signOffs = signOffs
        self.waivers = waivers
        self.attestations = attestations
        self.rules = rules
        self.controls = controls
        self.contradictions = contradictions.isEmpty ? nil : contradictions
    }
}
