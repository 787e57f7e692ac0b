internal import CLibCrypto

/// The kinds of key that sign what we write; any program with OpenSSL can check both.
package enum SignatureAlgorithm: String, CaseIterable, Codable, Sendable {
    case ed25519
    /// On the curve P-256, over a SHA-256 digest.
    case ecdsaP256 = "ecdsa-p256"

    /// The kind of `key`; nil where it is another.
    @unsafe init?(_ key: OpaquePointer) {
        switch unsafe EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_ED25519: self = .ed25519
        case EVP_PKEY_EC where unsafe Self.isP256(key): self = .ecdsaP256
        default: return nil
        }
    }

    /// What is hashed before it is signed; nil where the algorithm sees to that itself.
    var digest: OpaquePointer? {
        switch self {
        case .ed25519: nil
        case .ecdsaP256: unsafe EVP_sha256()
        }
    }

    @unsafe private static func isP256(_ key: OpaquePointer) -> Bool {
        var name = [CChar](repeating: 0, count: 64)
        var length = 0
        guard unsafe EVP_PKEY_get_group_name(key, &name, name.count, &length) == 1 else { return false }
        return String(decoding: name.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            == SN_X9_62_prime256v1
    }
}
