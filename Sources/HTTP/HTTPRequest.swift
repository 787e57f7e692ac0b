/// What to ask of a server.
package struct HTTPRequest: Sendable {
    package enum Method: Hashable, Sendable {
        case get
        case head
        case post(HTTPForm)
    }

    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var method: Method
    package var address: HTTPAddress
    /// Sent to wherever redirects lead; credentials belong in ``authorization``.
    package var headers: [Header]
    /// The first byte wanted, or nil for the whole; that a server complies is told by 206.
    package var rangeStart: Int?
    /// Shown to the host, port and scheme of ``address`` only, and to no other that it redirects to.
    package var authorization: HTTPAuthorization?

    package init(
        _ address: HTTPAddress, method: Method = .get, headers: [Header] = [], rangeStart: Int? = nil,
        authorization: HTTPAuthorization? = nil
    ) {
        self.method = method
        self.address = address
        self.headers = headers
        self.rangeStart = rangeStart
        self.authorization = authorization
    }
}

extension HTTPRequest {
    /// The same request where a redirect to `target` sends it.
    ///
    /// From https it never leads to http, and from http on this machine to http elsewhere only with `toPlainHTTP`.
    func following(_ target: HTTPAddress, toPlainHTTP: Bool) throws(HTTPError) -> HTTPRequest {
        func refusal(_ reason: String) -> HTTPError {
            HTTPError(
                .refusedRedirect, at: address.description, reason, underlying: "it leads to \(target)")
        }
        guard address.scheme == "http" || target.scheme == "https" else {
            throw refusal("redirect from https to http is not followed")
        }
        guard target.scheme == "https" || target.isLoopback || !address.isLoopback || toPlainHTTP else {
            throw refusal("redirect to another machine without TLS is not followed")
        }
        var request = self
        request.address = target
        // Once gone they stay gone: who redirected us may also redirect us back.
        if !target.hasSameOrigin(as: address) { request.authorization = nil }
        return request
    }
}
