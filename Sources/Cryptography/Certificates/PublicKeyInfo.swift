internal import CLibCrypto

/// A public key as X.509 writes it (SubjectPublicKeyInfo), by which a certificate and its private key are known as one.
enum PublicKeyInfo {
    /// SHA-256 of a certificate's, 64 hex digits.
    @unsafe static func digest(ofCertificate handle: OpaquePointer) -> String? {
        unsafe digest { output in unsafe i2d_X509_PUBKEY(X509_get_X509_PUBKEY(handle), output) }
    }

    /// SHA-256 of the one that belongs to a private key, 64 hex digits.
    @unsafe static func digest(ofKey handle: OpaquePointer) -> String? {
        unsafe digest { output in unsafe i2d_PUBKEY(handle, output) }
    }

    @unsafe private static func digest(
        _ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    ) -> String? {
        var encoded: UnsafeMutablePointer<UInt8>?
        let count = unsafe encode(&encoded)
        guard count > 0, let bytes = unsafe encoded else { return nil }
        // The macro for it is not importable.
        defer { unsafe CRYPTO_free(bytes, "", 0) }
        let content = unsafe Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
        return HexDigits.text(SHA256Hasher.hash(content))
    }
}
