/// A keyed HMAC-SHA-256 of a secret: equal secrets compare equal, and nobody without the key can test a guess.
package struct Fingerprint: Hashable, Sendable, WrittenAsText, Comparable, CustomStringConvertible {
    package static var fault: String { "not 64 hex digits" }

    /// 64 hex digits.
    package let text: String

    /// The fingerprint with these 32 bytes of HMAC.
    package init(hmac: [UInt8]) { text = Hex.string(hmac) }

    package static func read(_ written: String) -> Fingerprint? {
        let isWhole = written.utf8.count == 64 && Hex.isHex(written.utf8Span.span)
        return isWhole ? Fingerprint(text: written) : nil
    }

    private init(text: String) { self.text = text }

    package var written: String { text }

    /// The first twelve hex digits, enough for a reader to tell secrets apart.
    package var short: String { String(text.prefix(12)) }

    package var description: String { text }

    package static func < (left: Fingerprint, right: Fingerprint) -> Bool { left.text < right.text }
}
