/// A person's word that a control is met which no image can show: who, when, on what evidence, until when.
package struct ControlAttestation: Hashable, Sendable {
    /// What the person looked at.
    package struct Document: Hashable, Sendable, Codable {
        package let name: String
        package let digest: Digest

        package init(name: String, digest: Digest) {
            self.name = name
            self.digest = digest
        }
    }

    package let framework: String
    package let control: String
    /// Names or digests of images; empty for any.
    package let images: [Glob]
    package let statement: String
    package let attestedBy: String
    /// Never empty.
    package let evidence: [Document]
    package let validity: Validity
    /// Where it is written, `attestations.yaml:12`.
    package let source: String

    package init(
        framework: String, control: String, images: [Glob], statement: String, attestedBy: String,
        evidence: [Document], validity: Validity, source: String
    ) {
        self.framework = framework
        self.control = control
        self.images = images
        self.statement = statement
        self.attestedBy = attestedBy
        self.evidence = evidence
        self.validity = validity
        self.source = source
    }
}
