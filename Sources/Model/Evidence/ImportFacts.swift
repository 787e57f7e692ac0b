/// What is known of another tool's run, from its results and from whoever watched it.
package struct ImportFacts: Hashable, Sendable, Codable {
    /// By what the results are known to be about the image.
    package enum Binding: String, Codable, Sendable, CaseIterable {
        /// They name the manifest's digest.
        case digest
        /// They name the digest of the configuration, which engines call the image's id.
        case imageID = "image-id"
        /// They name the layers, and they are the same.
        case layers
        /// They name none; whoever gave them said that they are about this one.
        case assumed
        /// They end before they name one.
        case unknown
    }

    /// What somebody saw who ran the tool.
    package struct Run: Hashable, Sendable, Codable {
        package let exitStatus: Int
        package let started: Instant
        package let ended: Instant

        package init(exitStatus: Int, started: Instant, ended: Instant) {
            self.exitStatus = exitStatus
            self.started = started
            self.ended = ended
        }
    }

    /// The importer, such as `trivy`.
    package var format: String
    /// Of the file with the results.
    package var digest: Digest
    package var binding: Binding
    /// What the tool calls that which it looked at, secrets masked.
    package var target: String?
    /// Of when its database of vulnerabilities is, as it says itself.
    package var database: String?
    /// Nil where nobody watched it.
    package var run: Run?
    /// Records that became a finding or part of one.
    package var findings: Int
    /// Of these, those of a kind that we have no word for.
    package var others: Int
    /// Records that the tool had been told not to report, and reports as such.
    package var suppressed: Int
    /// Nil where the results list none.
    package var components: Int?
    /// Nil where the results are not about signatures.
    package var signatures: Int?
    /// What the tool says that it left out, in words.
    package var skipped: [String]

    package init(format: String, digest: Digest, binding: Binding) {
        self.format = format
        self.digest = digest
        self.binding = binding
        findings = 0
        others = 0
        suppressed = 0
        skipped = []
    }
}
