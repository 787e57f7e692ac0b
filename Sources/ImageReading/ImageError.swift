package import Model

/// Why an image, or one layer of it, could not be read.
///
/// Two errors are equal when code and place are, so that nobody depends on wording.
package struct ImageError: Error, Sendable {
    package enum Code: String, Sendable {
        /// The reference is not written as one.
        case invalidReference = "invalid-reference"
        /// A transport that we do not read.
        case unsupportedTransport = "unsupported-transport"
        case notFound = "not-found"
        /// No container engine answers.
        case noEngine = "no-engine"
        /// The system or the storage failed.
        case unreadable
        /// A name that leads out of the image.
        case refused
        /// Files, but none that make an image.
        case notAnImage = "not-an-image"
        /// A manifest, index or configuration that breaks its format.
        case malformedDocument = "malformed-document"
        /// More, larger or deeper than we read.
        case tooLarge = "too-large"
        /// The bytes are not those that the digest names.
        case digestMismatch = "digest-mismatch"
        /// The bytes are more or fewer than the descriptor says.
        case sizeMismatch = "size-mismatch"
        /// The uncompressed layer is not the one that the configuration names.
        case diffIDMismatch = "diff-id-mismatch"
        case truncated
        case malformedLayer = "malformed-layer"
        /// A whole layer, and then bytes that belong to none.
        case trailingGarbage = "trailing-garbage"
        case unsupported
        /// A layer that lies elsewhere and is not stored with the image.
        case foreignLayer = "foreign-layer"
        /// A registry that wants to know who asks, or does not let them.
        case accessDenied = "access-denied"
        /// No such host, or nobody who listens.
        case unreachable
        /// A server that does not prove to be the one that was meant.
        case untrusted
        /// A server that answers, but not with what was asked for.
        case unavailable
        case platformNotFound = "platform-not-found"
        /// Several images, and nothing says which.
        case ambiguous
    }

    package let code: Code
    /// The reference, the digest, or the digest and the path in it.
    package let place: String
    package let reason: String
    /// The library's own words, or the system's.
    package let underlying: String?

    package init(_ code: Code, at place: String, _ reason: String, underlying: String? = nil) {
        self.code = code
        self.place = place
        self.reason = reason
        self.underlying = underlying
    }

    /// The reason that a gap for these bytes bears.
    package var gapReason: GapReason {
        switch code {
        case .truncated: .truncated
        case .digestMismatch, .sizeMismatch, .diffIDMismatch: .digestMismatch
        case .unsupported, .unsupportedTransport: .unsupported
        case .foreignLayer: .foreignLayer
        case .malformedLayer, .trailingGarbage: .malformedLayer
        case .tooLarge: .sizeLimit
        default: .unreadable
        }
    }
}

extension ImageError: Hashable {
    package static func == (left: ImageError, right: ImageError) -> Bool {
        left.code == right.code && left.place == right.place
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(place)
    }
}

extension ImageError: CustomStringConvertible {
    package var description: String {
        [place, reason, underlying].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
