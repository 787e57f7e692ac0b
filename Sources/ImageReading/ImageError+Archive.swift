package import Archives

extension ImageError {
    /// What went wrong below, as this stage says it.
    package init(_ error: ArchiveError, at place: String) {
        let code: Code =
            switch error.code {
            case .unreadable: .unreadable
            case .truncated: .truncated
            case .malformed, .unrecognised, .checksumMismatch: .malformedLayer
            case .trailingGarbage: .trailingGarbage
            case .unsupported, .encrypted: .unsupported
            case .tooLarge: .tooLarge
            }
        self.init(code, at: place, error.reason, underlying: error.underlying)
    }
}
