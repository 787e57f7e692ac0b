internal import CLibCrypto

/// Random bytes that nobody can predict.
package enum SecureRandom {
    /// This many bytes from libcrypto's generator, which the system seeds.
    package static func bytes(_ count: Int) throws(CryptographyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard unsafe RAND_bytes(&bytes, Int32(count)) == 1 else {
            throw .fromLibrary(.randomUnavailable, "no random bytes")
        }
        return bytes
    }
}
