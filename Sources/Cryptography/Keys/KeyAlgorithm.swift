internal import CLibCrypto

/// What kind of key it is and how large, as policy rules name it.
package struct KeyAlgorithm: Hashable, Sendable {
    /// As policy rules name it: `RSA`, `EC`, `Ed25519`, `DSA`.
    package let name: String
    package let bits: Int

    package init(name: String, bits: Int) {
        self.name = name
        self.bits = bits
    }

    @unsafe init(_ key: OpaquePointer) {
        name =
            switch unsafe EVP_PKEY_get_base_id(key) {
            case EVP_PKEY_RSA: "RSA"
            case EVP_PKEY_RSA_PSS: "RSA-PSS"
            case EVP_PKEY_EC: "EC"
            case EVP_PKEY_DSA: "DSA"
            case EVP_PKEY_DH, EVP_PKEY_DHX: "DH"
            case EVP_PKEY_ED25519: "Ed25519"
            case EVP_PKEY_ED448: "Ed448"
            case EVP_PKEY_X25519: "X25519"
            case EVP_PKEY_X448: "X448"
            default: unsafe EVP_PKEY_get0_type_name(key).map { unsafe String(cString: $0) } ?? "unknown"
            }
        bits = Int(unsafe EVP_PKEY_get_bits(key))
    }
}
