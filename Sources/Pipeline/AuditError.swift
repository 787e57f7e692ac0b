/// Why there is no assessment at all: nothing was judged, and no report was written.
package struct AuditError: Error, Hashable, Sendable {
    /// What kind of failure it is; hints hang on it.
    package enum Code: String, Hashable, Sendable {
        case unreadableImage, noSuchImage, noSuchPlatform, unsupportedTransport
        case brokenPolicy, brokenDetectors, brokenEvidence
        case unwritableOutput, unusableKey
        case brokenReport
    }

    package let code: Code
    /// The image reference, file or folder it is about.
    package let place: String
    /// What failed and why; one line, or the whole list of a policy's diagnostics.
    package let reason: String

    package init(code: Code, place: String, reason: String) {
        self.code = code
        self.place = place
        self.reason = reason
    }

    package static func == (left: AuditError, right: AuditError) -> Bool {
        left.code == right.code && left.place == right.place
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(place)
    }
}

extension AuditError: CustomStringConvertible {
    package var description: String { place.isEmpty ? reason : "\(place): \(reason)" }
}
