internal import Cryptography

/// The authorities whose certificates the base image trusts.
struct TrustAnchors {
    /// The company's old root, expired in 2025 and never taken out.
    let expired: IssuedCertificate
    /// The root of an inspecting proxy that nobody approved, valid until 2034.
    let unapproved: IssuedCertificate
    /// Stand-ins for the distribution's own roots.
    let distribution: [IssuedCertificate]

    init(_ source: SecretSource = SecretSource()) throws(IssuingError) {
        expired = try Self.root(
            source, "Ledger Corp Internal Root CA 2015", organization: "Ledger Corp", serial: 0x2015_0701,
            from: 1_435_708_800, to: 1_751_327_999)
        unapproved = try Self.root(
            source, "Build Proxy Inspection CA", organization: "Unknown Proxy", serial: 0x5eed,
            from: 1_704_067_200, to: 2_019_686_399)
        var distribution: [IssuedCertificate] = []
        for number in 1...3 {
            distribution.append(
                try Self.root(
                    source, "Example Public Root R\(number)", organization: "Example Trust Services",
                    serial: 0x1000 + UInt64(number), from: 1_514_764_800, to: 2_145_916_799))
        }
        self.distribution = distribution
    }

    /// What `update-ca-certificates` makes of them.
    var bundle: String { (distribution + [unapproved, expired]).map(\.pem).joined() }

    private static func root(
        _ source: SecretSource, _ name: String, organization: String, serial: UInt64, from notBefore: Int,
        to notAfter: Int
    ) throws(IssuingError) -> IssuedCertificate {
        let key = try Ed25519Key.from(seed: source.bytes("authority/\(name)", 32))
        let subject = CertificateIssuer.Name(commonName: name, organization: organization)
        return try CertificateIssuer.selfSigned(
            CertificateIssuer.Request(
                subject: subject, serial: serial, notBefore: notBefore, notAfter: notAfter, isCA: true),
            key: key)
    }
}
