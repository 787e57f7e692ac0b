internal import CLibCrypto

/// A running SHA-256, fed in as many pieces as the caller likes.
@safe package struct SHA256Hasher: ~Copyable {
    private let context: OpaquePointer
    private static let algorithm = Algorithm()

    package init() {
        guard let context = unsafe EVP_MD_CTX_new(),
            unsafe EVP_DigestInit_ex(context, Self.algorithm.pointer, nil) == 1
        else { preconditionFailure("libcrypto offers no SHA-256: out of memory, or a provider without it") }
        unsafe self.context = context
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Adds bytes.
    package mutating func update(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBytes { buffer in
            let status = unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
            precondition(status == 1, "libcrypto refused bytes for SHA-256")
        }
    }

    /// The 32 bytes of the digest.
    package consuming func finish() -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            let status = unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
            precondition(status == 1, "libcrypto could not finish SHA-256")
            count = 32
        }
    }

    /// The digest of what was added so far; more may follow.
    package func digestSoFar() -> [UInt8] {
        let copy = SHA256Hasher()
        let status = unsafe EVP_MD_CTX_copy_ex(copy.context, context)
        precondition(status == 1, "libcrypto could not copy SHA-256: out of memory")
        return copy.finish()
    }

    /// The digest of `bytes`, which are all there is.
    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var hasher = SHA256Hasher()
        hasher.update(bytes.span)
        return hasher.finish()
    }

    /// SHA-256 looked up once, where libcrypto's own name for it is looked up at every start.
    ///
    /// Nothing of it ever changes: hence `@unchecked Sendable` over its plain pointer.
    @safe private final class Algorithm: @unchecked Sendable {
        let pointer = unsafe EVP_MD_fetch(nil, "SHA256", nil)
    }
}
