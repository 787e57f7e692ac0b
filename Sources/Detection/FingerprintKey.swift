internal import Cryptography
package import Model

/// The key under which secrets are fingerprinted: whoever has it can test a guess, nobody else can.
package struct FingerprintKey: Sendable {
    /// The first eight hex digits of the key's SHA-256, which tell keys apart and give nothing away.
    package let id: String
    private let bytes: [UInt8]

    /// The key with these bytes, whatever their number.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
        id = String(
            Hex.string(SHA256Hasher.hash(Array("palimpsest fingerprint key\0".utf8) + bytes)).prefix(8))
    }

    /// A key that nobody has seen before.
    package static func random() throws(DetectionError) -> FingerprintKey {
        do {
            return FingerprintKey(bytes: try SecureRandom.bytes(32))
        } catch {
            throw DetectionError(
                code: .engineFailed, reason: "no fingerprint key", underlying: error.description)
        }
    }

    /// A key of 32 bytes for another purpose, which tells nothing of this one.
    package func derived(for purpose: String) -> [UInt8] {
        HMACSHA256.code(key: bytes, message: Array("palimpsest \(purpose)\0".utf8).span)
    }

    /// The fingerprint of exactly these bytes.
    package func fingerprint(of secret: Span<UInt8>) -> Fingerprint {
        Fingerprint(hmac: HMACSHA256.code(key: bytes, message: secret))
    }
}

extension FingerprintKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "fingerprint key \(id)" }
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
