/// What can be told of a private key without its passphrase.
package struct PrivateKeyFacts: Hashable, Sendable {
    /// Nil where the passphrase hides it.
    package let algorithm: String?
    package let bits: Int?
    /// Whether it takes a passphrase to use it.
    package let encrypted: Bool
    /// SHA-256 of the public key that belongs to it as X.509 writes that, 64 hex digits; nil where it cannot be told.
    package let spki: String?

    package init(algorithm: String?, bits: Int?, encrypted: Bool, spki: String? = nil) {
        self.algorithm = algorithm
        self.bits = bits
        self.encrypted = encrypted
        self.spki = spki
    }

    /// The facts of the first key in `pem`, whichever of the common forms it has.
    package static func parse(pem: Span<UInt8>) throws(CryptographyError) -> PrivateKeyFacts {
        guard let block = PEMBlock(pem) else {
            throw CryptographyError(code: .keyInvalid, reason: "no PEM block")
        }
        switch block.label {
        case "OPENSSH PRIVATE KEY":
            guard let facts = OpenSSHKey.facts(block.body) else {
                throw CryptographyError(code: .keyInvalid, reason: "not a key in OpenSSH's form")
            }
            return facts
        case "ENCRYPTED PRIVATE KEY":
            return PrivateKeyFacts(algorithm: nil, bits: nil, encrypted: true)
        default:
            guard !block.isEncrypted else {
                return PrivateKeyFacts(algorithm: block.algorithm, bits: nil, encrypted: true)
            }
            return try parse(der: block.body.span)
        }
    }
}
