/// What may be shown of a secret: the part of it that is public by format, and its length where that gives nothing away.
///
/// The secret itself is not stored, so no way of printing, encoding or comparing this value can show it.
package struct Redacted: Hashable, Sendable, CustomStringConvertible {
    /// The text that may be shown, such as `ghp_… (40 characters)`.
    package let text: String

    /// What may be shown of a secret of `length` bytes whose format begins with `publicPrefix`.
    ///
    /// The length of a short secret would help to guess it, so it is told from 16 bytes up only.
    package init(publicPrefix: String = "", length: Int) {
        text = length < 16 ? "\(publicPrefix)…" : "\(publicPrefix)… (\(length) characters)"
    }

    package var description: String { text }
}

extension Redacted: Codable {
    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

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
