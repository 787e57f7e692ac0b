/// Why there is no assessment at all: nothing was judged, and no report was written.
package struct AuditError: Error, Hashable, Sendable {
    /// What kind of failure it is; hints hang on it.
    package enum Code: String, Hashable, Sendable {
        case unreadableImage, excessiveImage, noSuchImage, noSuchPlatform, noEngine, unsupportedTransport
        case notInRegistry, accessDenied, unreachableServer, untrustedServer, unavailableServer
        case brokenPolicy, brokenDetectors, brokenEvidence, brokenImporters, signedSecret
        case unreadableResults, unknownResults, anonymousResults, brokenResults
        case foreignResults, unboundResults, mistakenResults
        case unreadableSource
        case unwritableOutput, unusableKey, unrunnableTool
        case brokenReport, brokenTemplates
        case brokenBundle, noBundle, settledBundle, unexpectedSigner
        case unusableSigningKey, privateKeyGiven, publicKeyGiven
        case noSuchFinding, noSuchName, foreignImage, severalImages
        case foreignBaseline, strangeBaseline
    }

    package let code: Code
    /// The image reference, file or folder it is about.
    package let place: String
    /// What failed and why, in a line.
    package let reason: String
    /// Whether the reason is a list of diagnostics instead, each with its own place.
    package let isListing: Bool

    package init(code: Code, place: String, reason: String) {
        self.code = code
        self.place = place
        self.reason = reason
        isListing = false
    }

    /// Everything that is wrong with documents, each with its place.
    package init(code: Code, listing: String) {
        self.code = code
        place = ""
        reason = listing
        isListing = true
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
