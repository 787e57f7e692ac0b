internal import CLibCrypto

/// An Ed25519 private key made from a seed, so that the same seed signs the same bytes on every machine.
@safe package struct Ed25519Key: ~Copyable {
    let handle: OpaquePointer

    private init(handle: OpaquePointer) { unsafe self.handle = handle }

    deinit { unsafe EVP_PKEY_free(handle) }

    /// The key whose 32 private bytes are `seed`.
    package static func from(seed: [UInt8]) throws(IssuingError) -> Ed25519Key {
        guard seed.count == 32 else {
            throw IssuingError(place: "Ed25519 key", reason: "a seed has 32 bytes, this one \(seed.count)")
        }
        guard let handle = unsafe EVP_PKEY_new_raw_private_key(NID_ED25519, nil, seed, seed.count) else {
            throw IssuingError(place: "Ed25519 key", reason: "libcrypto refused the seed")
        }
        return unsafe Ed25519Key(handle: handle)
    }

    /// The private key as an unencrypted PKCS#8 PEM block.
    package func privateKeyPEM() throws(IssuingError) -> String {
        let bio = MemoryBIO(cleansed: true)
        let status = unsafe PEM_write_bio_PKCS8PrivateKey(bio.handle, handle, nil, nil, 0, nil, nil)
        return try text(in: bio, status)
    }

    /// The public key as a PEM block.
    package func publicKeyPEM() throws(IssuingError) -> String {
        let bio = MemoryBIO()
        let status = unsafe PEM_write_bio_PUBKEY(bio.handle, handle)
        return try text(in: bio, status)
    }

    private func text(in bio: borrowing MemoryBIO, _ status: Int32) throws(IssuingError) -> String {
        guard status == 1 else {
            throw IssuingError(place: "Ed25519 key", reason: "libcrypto could not write it")
        }
        return String(decoding: bio.contents(), as: UTF8.self)
    }
}
