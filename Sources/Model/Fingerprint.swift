/// A keyed HMAC-SHA-256 of a secret: equal secrets compare equal, and nobody without the key can test a guess.
package struct Fingerprint: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    /// 64 hex digits.
    package let text: String

    /// The fingerprint with these 32 bytes of HMAC.
    package init(hmac: [UInt8]) { text = Hex.string(hmac) }

    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// The first twelve hex digits, enough for a reader to tell secrets apart.
    package var short: String { String(text.prefix(12)) }

    package var description: String { text }

    package static func < (left: Fingerprint, right: Fingerprint) -> Bool { left.text < right.text }
}
