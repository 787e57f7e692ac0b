internal import Cryptography

/// A digest as OCI documents write it.
enum ContentDigest {
    static func of(_ bytes: [UInt8]) -> String { text(SHA256Hasher.hash(bytes)) }

    static func text(_ hash: [UInt8]) -> String { "sha256:" + HexDigits.text(hash) }

    /// The part after the colon.
    static func hex(_ digest: String) -> String {
        digest.split(separator: ":").last.map { String($0) } ?? digest
    }
}
