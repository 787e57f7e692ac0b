/// A content digest in the form the OCI image specification gives it: `sha256:` and 64 lower-case hex digits.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
    /// The whole text, algorithm included.
    package let text: String

    /// The digest written in `text`, or nil where that is not a SHA-256 digest.
    package init?(_ text: String) {
        guard text.hasPrefix("sha256:"), text.utf8.count == 71,
            Hex.isHex(text.utf8Span.span.extracting(droppingFirst: 7))
        else { return nil }
        self.text = text
    }

    /// The digest with these 32 bytes.
    package init(sha256 bytes: [UInt8]) {
        precondition(bytes.count == 32, "a SHA-256 digest has 32 bytes")
        text = "sha256:" + Hex.string(bytes)
    }

    /// The hex digits without the algorithm.
    package var hex: Substring { text.dropFirst(7) }

    /// The first twelve hex digits, as reports name an image.
    package var short: String { String(hex.prefix(12)) }

    package var description: String { text }
}

extension Digest: Comparable {
    package static func < (left: Digest, right: Digest) -> Bool { left.text < right.text }
}

extension Digest: WrittenAsText {
    package static var fault: String { "not a digest of the form sha256:<64 hex digits>" }

    package var written: String { text }

    package static func read(_ written: String) -> Digest? { Digest(written) }
}
