/// A content digest in the form the OCI image specification gives it: `sha256:` and 64 lower-case hex digits.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
    /// The whole text, algorithm included.
    package let text: String

    /// The digest written in `text`, or nil where that is not a SHA-256 digest.
    package init?(_ text: String) {
        guard text.hasPrefix("sha256:"), text.utf8.count == 71 else { return nil }
        let isHex = text.utf8.dropFirst(7).allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
        }
        guard isHex else { return nil }
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

extension Digest: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = Digest(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a digest of the form sha256:<64 hex digits>")
        }
        self = digest
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
