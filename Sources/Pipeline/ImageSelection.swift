import ImageReading
import Reporting

/// Finds the images that a reference and a platform name.
package enum ImageSelection {
    /// Whether `text` says which platforms to read: one, or all.
    package static func isPlatform(_ text: String) -> Bool { text == "all" || Platform(text) != nil }

    static func open(
        _ name: String, platform: String?, connection: ConnectionSelection = ConnectionSelection()
    ) throws(AuditError) -> [Image] {
        let selection: PlatformSelection =
            switch platform {
            case nil: .host
            case "all"?: .all
            case let name?: .named(name)
            }
        do throws(ImageError) {
            let options = ConnectionOptions(
                caFile: connection.caFile, allowsPlainHTTP: connection.plainHTTP,
                environment: connection.environment)
            return try ImageOpener.open(
                try ImageReference.parse(name), platform: selection, connection: options)
        } catch {
            let code: AuditError.Code =
                switch error.code {
                case .notFound where name.hasPrefix("docker://"): .notInRegistry
                case .notFound, .invalidReference, .ambiguous, .notAnImage: .noSuchImage
                case .noEngine: .noEngine
                case .platformNotFound: .noSuchPlatform
                case .unsupportedTransport: .unsupportedTransport
                case .accessDenied: .accessDenied
                case .unreachable: .unreachableServer
                case .untrusted: .untrustedServer
                case .unavailable: .unavailableServer
                case .tooLarge: .excessiveImage
                default: .unreadableImage
                }
            let shown = ImageReference.shown(name)
            let parts =
                [name, shown].contains(error.place)
                ? [error.reason, error.underlying] : [String(describing: error)]
            // Tags and platforms that an image offers instead are the image's own text.
            let reason = SafeText.cleaning(parts.compactMap(\.self).joined(separator: ": "), limit: 2_000)
            throw AuditError(code: code, place: shown, reason: reason.text)
        }
    }
}
