import ImageReading

/// Finds the images that a reference and a platform name.
enum ImageSelection {
    static func open(_ name: String, platform: String?) throws(AuditError) -> [Image] {
        let selection: PlatformSelection =
            switch platform {
            case nil: .host
            case "all"?: .all
            case let name?: .named(name)
            }
        do throws(ImageError) {
            return try ImageOpener.open(try ImageReference.parse(name), platform: selection)
        } catch {
            let code: AuditError.Code =
                switch error.code {
                case .notFound, .invalidReference, .ambiguous, .notAnImage: .noSuchImage
                case .platformNotFound: .noSuchPlatform
                case .unsupportedTransport: .unsupportedTransport
                default: .unreadableImage
                }
            let reason = error.place == name ? error.reason : String(describing: error)
            throw AuditError(
                code: code, place: name,
                reason: error.place == name && error.underlying != nil
                    ? "\(reason): \(error.underlying ?? "")" : reason)
        }
    }
}
