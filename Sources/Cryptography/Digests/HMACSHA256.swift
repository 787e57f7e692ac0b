internal import CLibCrypto

/// The keyed hash of RFC 2104 over SHA-256.
package enum HMACSHA256 {
    /// The 32 bytes for `message` under `key`.
    package static func code(key: [UInt8], message: Span<UInt8>) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            let code = unsafe message.withUnsafeBufferPointer { message in
                unsafe key.withUnsafeBufferPointer { key in
                    unsafe HMAC(
                        EVP_sha256(), key.baseAddress, Int32(key.count), message.baseAddress, message.count,
                        buffer.baseAddress, nil)
                }
            }
            guard unsafe code != nil else {
                preconditionFailure("libcrypto offers no HMAC: out of memory, or a provider without it")
            }
            count = 32
        }
    }
}
