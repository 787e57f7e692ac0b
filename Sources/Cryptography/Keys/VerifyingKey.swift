internal import CLibCrypto

/// A public key that signatures are checked with.
@safe package final class VerifyingKey {
    package let algorithm: SignatureAlgorithm
    /// SHA-256 of the key as X.509 writes it, 64 hex digits.
    package let id: String
    private let handle: OpaquePointer

    private init(handle: OpaquePointer, algorithm: SignatureAlgorithm, id: String) {
        unsafe self.handle = handle
        self.algorithm = algorithm
        self.id = id
    }

    deinit { unsafe EVP_PKEY_free(handle) }

    /// The public key in the PEM block `pem`.
    package static func read(pem: [UInt8]) throws(CryptographyError) -> VerifyingKey {
        defer { ERR_clear_error() }
        let handle = unsafe pem.withUnsafeBytes { bytes in
            let bio = unsafe MemoryBIO(reading: bytes)
            return unsafe PEM_read_bio_PUBKEY(bio.handle, nil, { _, _, _, _ in -1 }, nil)
        }
        guard let handle = unsafe handle else {
            throw .fromLibrary(.keyInvalid, "holds no public key in PEM")
        }
        return try unsafe owning(handle)
    }

    /// Takes the handle over, and frees it where it is of no use.
    @unsafe static func owning(_ handle: OpaquePointer) throws(CryptographyError) -> VerifyingKey {
        guard let algorithm = unsafe SignatureAlgorithm(handle),
            let id = unsafe PublicKeyInfo.digest(ofKey: handle)
        else {
            unsafe EVP_PKEY_free(handle)
            throw CryptographyError(
                code: .keyInvalid, reason: "is of a kind that signs nothing here: Ed25519 and ECDSA P-256 do")
        }
        return unsafe VerifyingKey(handle: handle, algorithm: algorithm, id: id)
    }

    /// The key as a PEM block.
    package func pem() throws(CryptographyError) -> String {
        let bio = MemoryBIO()
        guard unsafe PEM_write_bio_PUBKEY(bio.handle, handle) == 1 else {
            throw .fromLibrary(.keyInvalid, "could not be written as PEM")
        }
        return String(decoding: bio.contents(), as: UTF8.self)
    }

    /// Whether whoever has the private key signed exactly `message`.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        defer { ERR_clear_error() }
        guard let context = unsafe EVP_MD_CTX_new() else { return false }
        defer { unsafe EVP_MD_CTX_free(context) }
        guard unsafe EVP_DigestVerifyInit(context, nil, algorithm.digest, nil, handle) == 1 else {
            return false
        }
        return unsafe EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}
