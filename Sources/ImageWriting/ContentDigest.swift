internal import Cryptography

/// A digest as OCI documents write it.
enum ContentDigest {
    private static let digits = Array("0123456789abcdef".utf8)

    static func of(_ bytes: [UInt8]) -> String { text(SHA256Hasher.hash(bytes)) }

    static func text(_ hash: [UInt8]) -> String {
        let hex = hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "sha256:" + String(decoding: hex, as: UTF8.self)
    }

    /// The part after the colon.
    static func hex(_ digest: String) -> String {
        digest.split(separator: ":").last.map { String($0) } ?? digest
    }
}
