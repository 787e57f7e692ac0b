/// Why a server gave no answer, or an answer that is not taken.
///
/// Two errors are equal when code and place are, so that nobody depends on wording.
package struct HTTPError: Error, Sendable {
    package enum Code: String, Sendable {
        case invalidAddress = "invalid-address"
        /// The library could not be set up: no memory, or something that cannot be sent.
        case setup
        /// The file with certificates to trust is absent or none.
        case unusableAuthority = "unusable-authority"
        /// No such host, as far as the name servers know.
        case unresolved
        /// Nobody listens there, or the network leads nowhere.
        case unreachable
        case timedOut = "timed-out"
        /// The certificate is not one that we trust for this host.
        case untrusted
        /// TLS failed otherwise, such as where the server speaks none.
        case tls
        /// The connection ended before the answer did.
        case truncated
        /// What came is no HTTP.
        case malformed
        /// More headers than we read.
        case tooLarge = "too-large"
        /// A redirect to where we do not go.
        case refusedRedirect = "refused-redirect"
        case tooManyRedirects = "too-many-redirects"
        case failed
    }

    package let code: Code
    /// Scheme, host and port: the rest of an address may hold a signature.
    package let place: String
    package let reason: String
    /// The library's own words.
    package let underlying: String?

    package init(_ code: Code, at place: String, _ reason: String, underlying: String? = nil) {
        self.code = code
        self.place = place
        self.reason = reason
        self.underlying = underlying
    }
}

extension HTTPError: Hashable {
    package static func == (left: HTTPError, right: HTTPError) -> Bool {
        left.code == right.code && left.place == right.place
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(place)
    }
}

extension HTTPError: CustomStringConvertible {
    package var description: String {
        [place, reason, underlying].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
