/// An entry of the approved set: an authority that images may trust, and why.
package struct TrustAnchor: Hashable, Sendable {
    /// What people call it.
    package let name: String
    /// SHA-256 of the certificate, 64 lower-case hex digits; nil where any certificate for the key is meant.
    package let sha256: String?
    /// SHA-256 of its public key as X.509 writes it, 64 lower-case hex digits; nil where the certificate is meant.
    package let spki: String?
    /// Who approved it and what for.
    package let reason: String
    /// When the approval ends; nil where only the certificate's own end counts.
    package let until: Instant?
    /// `anchors.yaml:12`.
    package let source: String

    package init(
        name: String, sha256: String?, spki: String?, reason: String, until: Instant?, source: String
    ) {
        self.name = name
        self.sha256 = sha256
        self.spki = spki
        self.reason = reason
        self.until = until
        self.source = source
    }
}
