internal import Archives

/// Asks servers, by libcurl.
///
/// # How it works
/// ``open(_:)`` sends a request and follows redirects itself, because it must decide for each whether credentials go
/// along. It returns as soon as status and headers are there. From then on the answer's body is a `ByteSource`: each
/// read drives the transfer in the caller's own thread until bytes are there, and a transfer that runs ahead of its
/// reader is paused. Connections are kept and used again.
///
/// Certificates are always verified, and nobody's environment is asked. May be used by several tasks at once.
package struct HTTPClient: Sendable {
    private let settings: HTTPSettings
    private let pool = ConnectionPool()

    package init(_ settings: HTTPSettings = HTTPSettings()) { self.settings = settings }

    /// The answer to `request`, whatever its status, redirects followed.
    package func open(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        var current = request
        for _ in 0...settings.redirectLimit {
            let transfer = try Transfer(current, settings, pool: pool)
            try transfer.readHead()
            let response = HTTPResponse(transfer, from: current.address)
            guard Self.isRedirect(response, of: current), let target = response.header("location") else {
                return response
            }
            current = try current.following(
                try Self.address(target, from: current.address), toPlainHTTP: settings.followsToPlainHTTP)
            // Read to its end, so that its connection can be used again.
            _ = try? response.readAll(limit: 16 << 10)
        }
        throw HTTPError(
            .tooManyRedirects, at: request.address.description,
            "more than \(settings.redirectLimit) redirects")
    }

    /// A form is never sent on: it may hold credentials.
    private static func isRedirect(_ response: HTTPResponse, of request: HTTPRequest) -> Bool {
        if case .post = request.method { return false }
        return [301, 302, 303, 307, 308].contains(response.status)
    }

    private static func address(_ target: String, from origin: HTTPAddress) throws(HTTPError) -> HTTPAddress {
        do throws(HTTPError) {
            return try HTTPAddress(target, seenFrom: origin)
        } catch {
            throw HTTPError(
                .refusedRedirect, at: origin.description, "redirect leads to an address that is none of ours",
                underlying: error.reason)
        }
    }
}
