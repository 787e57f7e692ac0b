internal import CLibCrypto

/// A private key that signs.
@safe package final class SigningKey {
    /// How often a passphrase is hashed, so that every guess at that of a stolen file costs as much.
    private static let iterations: Int32 = 600_000

    /// What everybody checks its signatures with.
    package let publicKey: VerifyingKey
    private let handle: OpaquePointer

    private init(handle: OpaquePointer, publicKey: VerifyingKey) {
        unsafe self.handle = handle
        self.publicKey = publicKey
    }

    deinit { unsafe EVP_PKEY_free(handle) }

    /// A key that nobody has seen before.
    package static func generate(_ algorithm: SignatureAlgorithm) throws(CryptographyError) -> SigningKey {
        let kind =
            switch algorithm {
            case .ed25519: EVP_PKEY_ED25519
            case .ecdsaP256: EVP_PKEY_EC
            }
        guard let context = unsafe EVP_PKEY_CTX_new_id(kind, nil) else {
            throw .fromLibrary(.keyInvalid, "libcrypto makes no such key")
        }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var handle: OpaquePointer?
        guard unsafe EVP_PKEY_keygen_init(context) == 1, unsafe setCurve(of: context, for: algorithm),
            unsafe EVP_PKEY_generate(context, &handle) == 1, let made = unsafe handle
        else { throw .fromLibrary(.randomUnavailable, "libcrypto could not make a key") }
        return try unsafe owning(made)
    }

    @unsafe private static func setCurve(
        of context: OpaquePointer, for algorithm: SignatureAlgorithm
    ) -> Bool {
        switch algorithm {
        case .ed25519: true
        case .ecdsaP256: unsafe EVP_PKEY_CTX_set_group_name(context, SN_X9_62_prime256v1) == 1
        }
    }

    /// The private key in the PEM block `pem`, which is encrypted where there is a passphrase.
    package static func read(
        pem: [UInt8], passphrase: [UInt8]? = nil
    ) throws(CryptographyError) -> SigningKey {
        var words = (passphrase ?? []) + [0]
        defer { for index in words.indices { words[index] = 0 } }
        // Without words of ours libcrypto would ask for them on the terminal itself.
        let handle = unsafe pem.withUnsafeBytes { bytes in
            let bio = unsafe MemoryBIO(reading: bytes)
            return unsafe words.withUnsafeMutableBytes { words in
                unsafe PEM_read_bio_PrivateKey(bio.handle, nil, nil, words.baseAddress)
            }
        }
        guard let handle = unsafe handle else {
            let reason =
                passphrase == nil
                ? "holds no private key in PEM" : "the passphrase is wrong, or it holds no private key in PEM"
            throw .fromLibrary(.keyInvalid, reason)
        }
        return try unsafe owning(handle)
    }

    @unsafe private static func owning(_ handle: OpaquePointer) throws(CryptographyError) -> SigningKey {
        // One more owner: the public half is looked at and freed on its own.
        unsafe EVP_PKEY_up_ref(handle)
        do {
            let publicKey = try unsafe VerifyingKey.owning(handle)
            return unsafe SigningKey(handle: handle, publicKey: publicKey)
        } catch {
            unsafe EVP_PKEY_free(handle)
            throw error
        }
    }

    /// The key as a PKCS#8 PEM block, encrypted where there is a passphrase.
    package func pem(passphrase: [UInt8]?) throws(CryptographyError) -> [UInt8] {
        let bio = MemoryBIO(cleansed: true)
        guard let plain = unsafe EVP_PKEY2PKCS8(handle) else {
            throw .fromLibrary(.keyInvalid, "could not be written as PKCS#8")
        }
        defer { unsafe PKCS8_PRIV_KEY_INFO_free(plain) }
        guard let passphrase else {
            guard unsafe PEM_write_bio_PKCS8_PRIV_KEY_INFO(bio.handle, plain) == 1 else {
                throw .fromLibrary(.keyInvalid, "could not be written as PEM")
            }
            return bio.contents()
        }
        let words = passphrase.map { CChar(bitPattern: $0) }
        let sealed = unsafe PKCS8_encrypt(
            -1, EVP_aes_256_cbc(), words, Int32(words.count), nil, 0, Self.iterations, plain)
        guard let sealed = unsafe sealed else {
            throw .fromLibrary(.keyInvalid, "could not be encrypted")
        }
        defer { unsafe X509_SIG_free(sealed) }
        guard unsafe PEM_write_bio_PKCS8(bio.handle, sealed) == 1 else {
            throw .fromLibrary(.keyInvalid, "could not be written as PEM")
        }
        return bio.contents()
    }

    /// The signature over `message`: 64 bytes of Ed25519, or ECDSA's two numbers in DER.
    package func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard let context = unsafe EVP_MD_CTX_new() else {
            throw CryptographyError(code: .keyInvalid, reason: "libcrypto is out of memory")
        }
        defer { unsafe EVP_MD_CTX_free(context) }
        var count = 0
        guard unsafe EVP_DigestSignInit(context, nil, publicKey.algorithm.digest, nil, handle) == 1,
            unsafe EVP_DigestSign(context, nil, &count, message, message.count) == 1
        else { throw .fromLibrary(.keyInvalid, "could not sign") }
        var signature = [UInt8](repeating: 0, count: count)
        guard unsafe EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else {
            throw .fromLibrary(.keyInvalid, "could not sign")
        }
        return Array(signature.prefix(count))
    }
}
