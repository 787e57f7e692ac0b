internal import HTTP

extension ImageError {
    /// What a server's failure means for an image; `place` says whose it is.
    init(_ error: HTTPError, at place: String) {
        let code: Code =
            switch error.code {
            case .invalidAddress: .invalidReference
            case .unresolved, .unreachable: .unreachable
            case .untrusted, .tls, .unusableAuthority: .untrusted
            case .timedOut, .truncated, .failed: .unavailable
            case .setup: .unsupportedTransport
            case .malformed: .malformedDocument
            case .tooLarge, .tooManyRedirects: .tooLarge
            case .refusedRedirect: .refused
            }
        let words = [error.place, error.underlying ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
        self.init(code, at: place, error.reason, underlying: words)
    }
}
