internal import CLibCrypto

/// Bytes that nobody without the key can read, or change without being noticed: AES-256-GCM of NIST SP 800-38D.
@safe package enum SealedBytes {
    private static let nonceLength = 12
    private static let tagLength = 16

    /// `plain` under a nonce of its own, which it begins with; `label` is not in it, and must be the same to open it.
    package static func seal(
        _ plain: [UInt8], key: [UInt8], label: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        let nonce = try SecureRandom.bytes(nonceLength)
        let cipher = try Cipher()
        try cipher.begin(key: key, nonce: nonce, label: label, isSealing: true)
        let text = try cipher.take(plain)
        let tag = try cipher.finish()
        return nonce + tag + text
    }

    /// What was sealed; nil where it was sealed otherwise, or changed since.
    package static func open(_ sealed: [UInt8], key: [UInt8], label: [UInt8]) -> [UInt8]? {
        guard sealed.count >= nonceLength + tagLength else { return nil }
        let nonce = Array(sealed.prefix(nonceLength))
        let tag = Array(sealed.dropFirst(nonceLength).prefix(tagLength))
        do throws(CryptographyError) {
            let cipher = try Cipher()
            try cipher.begin(key: key, nonce: nonce, label: label, isSealing: false)
            let plain = try cipher.take(Array(sealed.dropFirst(nonceLength + tagLength)))
            try cipher.finish(expecting: tag)
            return plain
        } catch {
            return nil
        }
    }

    /// One use of libcrypto's cipher.
    @safe private struct Cipher: ~Copyable {
        private let context: OpaquePointer

        init() throws(CryptographyError) {
            guard let context = unsafe EVP_CIPHER_CTX_new() else {
                throw .fromLibrary(.sealingFailed, "no memory for a cipher")
            }
            unsafe self.context = context
        }

        deinit { unsafe EVP_CIPHER_CTX_free(context) }

        func begin(
            key: [UInt8], nonce: [UInt8], label: [UInt8], isSealing: Bool
        ) throws(CryptographyError) {
            precondition(key.count == 32 && nonce.count == nonceLength)
            var count: Int32 = 0
            guard
                unsafe EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce, isSealing ? 1 : 0) == 1,
                unsafe EVP_CipherUpdate(context, nil, &count, label, Int32(label.count)) == 1
            else { throw .fromLibrary(.sealingFailed, "no AES-256-GCM") }
        }

        /// `bytes` on the other side of the cipher, which is as long.
        func take(_ bytes: [UInt8]) throws(CryptographyError) -> [UInt8] {
            guard let length = Int32(exactly: bytes.count) else {
                throw CryptographyError(code: .sealingFailed, reason: "too many bytes to seal at once")
            }
            var text = [UInt8](repeating: 0, count: bytes.count)
            var count: Int32 = 0
            guard unsafe EVP_CipherUpdate(context, &text, &count, bytes, length) == 1 else {
                throw .fromLibrary(.sealingFailed, "cannot be sealed or opened")
            }
            return text
        }

        /// Ends sealing; gives the tag.
        func finish() throws(CryptographyError) -> [UInt8] {
            var tag = [UInt8](repeating: 0, count: tagLength)
            try close()
            let control = EVP_CTRL_AEAD_GET_TAG
            guard unsafe EVP_CIPHER_CTX_ctrl(context, control, Int32(tag.count), &tag) == 1 else {
                throw .fromLibrary(.sealingFailed, "cannot be sealed")
            }
            return tag
        }

        /// Ends opening; throws where the tag says that something is not as it was sealed.
        func finish(expecting tag: [UInt8]) throws(CryptographyError) {
            var tag = tag
            let control = EVP_CTRL_AEAD_SET_TAG
            guard unsafe EVP_CIPHER_CTX_ctrl(context, control, Int32(tag.count), &tag) == 1 else {
                throw .fromLibrary(.sealingFailed, "cannot be opened")
            }
            try close()
        }

        private func close() throws(CryptographyError) {
            var rest = [UInt8](repeating: 0, count: 16)
            var count: Int32 = 0
            guard unsafe EVP_CipherFinal_ex(context, &rest, &count) == 1, count == 0 else {
                throw .fromLibrary(.sealingFailed, "is not what was sealed")
            }
        }
    }
}
