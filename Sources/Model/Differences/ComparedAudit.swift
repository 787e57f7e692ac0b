/// One image in one of the documents that are compared.
package struct ComparedAudit: Hashable, Sendable, Codable {
    package let name: String
    package let digest: Digest
    package let platform: String
    /// The instant at which it was judged.
    package let asOf: Instant
    /// The policy's name and digest.
    package let policy: String
    package let policyDigest: Digest
    package let status: Status
    /// Whether what was found is at hand, and not only what came of judging it.
    package let hasEvidence: Bool

    package init(_ assessment: Assessment, hasEvidence: Bool) {
        name = assessment.image.name
        digest = assessment.image.digest
        platform = assessment.image.platform
        asOf = assessment.asOf
        policy = assessment.policy.id
        policyDigest = assessment.policy.digest
        status = assessment.status
        self.hasEvidence = hasEvidence
    }
}
