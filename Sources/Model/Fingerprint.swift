/// A keyed HMAC-SHA-256 of a secret: equal secrets compare equal, and nobody without the key can test a guess.
package struct Fingerprint: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    /// 64 hex digits.
    package let text: String

    /// The fingerprint with these 32 bytes of HMAC.
    package init(hmac: [UInt8]) { text = Hex.string(hmac) }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        text = try container.decode(String.self)
        let isHex = text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard isHex, text.utf8.count == 64 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not 64 hex digits")
        }
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
