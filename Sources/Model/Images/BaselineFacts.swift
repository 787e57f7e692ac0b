/// The earlier evidence that an image's was held against, to tell what is new.
package struct BaselineFacts: Hashable, Sendable, Codable {
    /// Of the image that it is about.
    package let name: String
    package let digest: Digest
    /// Of the document itself.
    package let evidence: Digest

    package init(name: String, digest: Digest, evidence: Digest) {
        self.name = name
        self.digest = digest
        self.evidence = evidence
    }
}
