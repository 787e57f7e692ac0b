/// What an X.509 certificate says of itself.
package struct Certificate: Hashable, Sendable {
    /// RFC 2253 order reversed, as people read it: `C=DE, O=Example, CN=Root`.
    package let subject: String
    package let issuer: String
    /// Hex digits.
    package let serial: String
    /// Seconds since 1970-01-01T00:00:00Z.
    package let notBefore: Int
    package let notAfter: Int
    /// Nil where libcrypto does not know the kind of key.
    package let key: KeyAlgorithm?
    /// `sha256WithRSAEncryption`, or the OID in figures.
    package let signatureAlgorithm: String
    /// Whether it may sign other certificates.
    package let isCA: Bool
    /// Whether issuer and subject are one.
    package let isSelfSigned: Bool
    /// SHA-256 of its DER form, 64 hex digits.
    package let sha256: String
    /// SHA-256 of its public key as X.509 writes it, 64 hex digits.
    package let spki: String?

    package var keyAlgorithm: String? { key?.name }
    package var keyBits: Int? { key?.bits }
}
