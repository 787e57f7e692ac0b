internal import Cryptography
internal import Model

extension Report {
    /// The id of all that this report follows from: what differs in any of it has another.
    func identity() throws(ReportError) -> SafeText {
        let evidence = Digest(sha256: SHA256Hasher.hash(try ReportFiles.bytes(of: unjudged)))
        return DerivedID.make([
            tool, .cleaning(evidence.text), basis.policyDigest, .cleaning(assessment.signOffs?.text ?? ""),
            .cleaning(basis.asOf.description),
        ])
    }

    /// What the image goes by from build to build: its name without tag, and its platform, for each is an image of its own.
    var lineage: SafeText { "\(image.slug) \(image.platform)" }
}
