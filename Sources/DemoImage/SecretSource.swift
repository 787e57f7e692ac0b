internal import Cryptography

/// Makes synthetic credentials with the form of real ones, the same on every machine.
///
/// Each is derived from its own label through SHA-256, so that one more changes none of the others. Nobody ever
/// issued them; they open nothing.
struct SecretSource {
    static let lower = Array("abcdefghijklmnopqrstuvwxyz".utf8)
    static let upper = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    static let digits = Array("0123456789".utf8)
    static let hex = Array("0123456789abcdef".utf8)
    static let base32 = upper + Array("234567".utf8)
    static let alphanumeric = digits + upper + lower
    static let base64 = alphanumeric + Array("+/".utf8)
    static let base64URL = alphanumeric + Array("-_".utf8)

    /// This many characters of the alphabet.
    func text(_ label: String, _ alphabet: [UInt8], _ count: Int) -> String {
        let chosen = bytes(label, count).map { alphabet[Int($0) % alphabet.count] }
        return String(decoding: chosen, as: UTF8.self)
    }

    /// This many bytes.
    func bytes(_ label: String, _ count: Int) -> [UInt8] {
        var result: [UInt8] = []
        var block = 0
        while result.count < count {
            result += SHA256Hasher.hash(Array("ledger-agent demo/\(label)/\(block)".utf8))
            block += 1
        }
        return Array(result.prefix(count))
    }

    /// A token that ends, as GitHub's and npm's do, in a checksum of its random part.
    func checkedToken(_ label: String, prefix: String) -> String {
        let random = text(label, Self.alphanumeric, 30)
        return prefix + random + TokenChecksum.text(of: Array(random.utf8))
    }
}
