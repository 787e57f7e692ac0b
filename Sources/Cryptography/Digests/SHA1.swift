internal import CLibCrypto

/// SHA-1, for names that others gave by it; nothing is proven with it.
package enum SHA1 {
    /// The 20 bytes of the digest of both pieces together; nil where the provider has no SHA-1.
    package static func hash(_ first: [UInt8], _ second: [UInt8]) -> [UInt8]? {
        // Whoever asks next does not want to hear of what is not offered.
        defer { ERR_clear_error() }
        guard let context = unsafe EVP_MD_CTX_new() else { return nil }
        defer { unsafe EVP_MD_CTX_free(context) }
        guard unsafe EVP_DigestInit_ex(context, EVP_sha1(), nil) == 1 else { return nil }
        for piece in [first, second] {
            let isTaken = unsafe piece.withUnsafeBytes {
                unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) == 1
            }
            guard isTaken else { return nil }
        }
        var digest = [UInt8](repeating: 0, count: 20)
        let isFinished = unsafe digest.withUnsafeMutableBufferPointer {
            unsafe EVP_DigestFinal_ex(context, $0.baseAddress, nil) == 1
        }
        return isFinished ? digest : nil
    }
}
