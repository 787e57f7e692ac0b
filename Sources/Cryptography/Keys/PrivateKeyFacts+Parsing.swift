internal import CLibCrypto

extension PrivateKeyFacts {
    /// The facts of the key whose DER form `der` is: PKCS#8, encrypted or not, PKCS#1 or SEC1.
    package static func parse(der: Span<UInt8>) throws(CryptographyError) -> PrivateKeyFacts {
        // Most failures are of one form tried after another; none of them concerns anyone later.
        defer { ERR_clear_error() }
        return try unsafe der.withUnsafeBufferPointer { buffer throws(CryptographyError) in
            var position = buffer.baseAddress
            if let key = unsafe d2i_AutoPrivateKey(nil, &position, buffer.count) {
                defer { unsafe EVP_PKEY_free(key) }
                let algorithm = unsafe KeyAlgorithm(key)
                return unsafe PrivateKeyFacts(
                    algorithm: algorithm.name, bits: algorithm.bits, encrypted: false,
                    spki: PublicKeyInfo.digest(ofKey: key))
            }
            guard unsafe isEncryptedPKCS8(buffer) else {
                throw .fromLibrary(.keyInvalid, "not a private key in DER")
            }
            return PrivateKeyFacts(algorithm: nil, bits: nil, encrypted: true)
        }
    }

    /// Whether `der` is an algorithm for encryption under a password, and bytes that are so encrypted.
    @unsafe private static func isEncryptedPKCS8(_ der: UnsafeBufferPointer<UInt8>) -> Bool {
        var position = der.baseAddress
        guard let box = unsafe d2i_X509_SIG(nil, &position, der.count) else { return false }
        defer { unsafe X509_SIG_free(box) }
        var algorithm: UnsafePointer<X509_ALGOR>?
        unsafe X509_SIG_get0(box, &algorithm, nil)
        var object: OpaquePointer?
        unsafe X509_ALGOR_get0(&object, nil, nil, algorithm)
        // The same two fields also make a signed digest: only the algorithm tells.
        return unsafe EVP_PBE_find(
            Int32(EVP_PBE_TYPE_OUTER), OBJ_obj2nid(object), nil, nil, nil) == 1
    }
}
