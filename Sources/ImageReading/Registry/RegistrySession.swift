internal import HTTP
internal import Model
internal import Synchronization

/// Talks to one registry about one repository: by https or http, and as whom, is found out once and remembered.
final class RegistrySession: Sendable {
    private struct State: Sendable {
        /// How the registry is reached; nil before it first answered.
        var base: HTTPAddress?
        /// What it was last content with.
        var authorization: HTTPAuthorization?
        var tokens: [TokenService.Wish: Token] = [:]
        var credentials: CredentialLookup.Result?
    }

    private struct Token: Sendable {
        let authorization: HTTPAuthorization
        let end: ContinuousClock.Instant
    }

    let name: RegistryName
    let retry: RetryPolicy
    private let exchange: HTTPExchange
    private let connection: ConnectionOptions
    private let state = Mutex(State())

    init(_ name: RegistryName, _ connection: ConnectionOptions, retry: RetryPolicy = RetryPolicy()) {
        self.name = name
        self.retry = retry
        self.connection = connection
        var settings = HTTPSettings()
        settings.stallTimeout = retry.patience
        settings.caFile = connection.caFile
        settings.followsToPlainHTTP = connection.allowsPlainHTTP
        settings.proxies = HTTPProxies(environment: connection.environment)
        exchange = HTTPExchange(client: HTTPClient(settings), retry: retry)
    }

    /// The answer to a GET of `path` below the repository, authorised where the registry asks for it.
    func open(_ path: String, headers: [HTTPRequest.Header] = [], rangeStart: Int? = nil)
        throws(ImageError) -> HTTPResponse
    {
        let used = state.withLock { $0.authorization }
        let first = try send(path, headers, rangeStart, used)
        guard first.response.status == 401, first.response.address.hasSameOrigin(as: first.base) else {
            return first.response
        }
        let challenges = Challenge.parse(first.response.headers("www-authenticate"))
        let authorization = try authorization(for: challenges, refused: used, by: first.base)
        state.withLock { $0.authorization = authorization }
        return try send(path, headers, rangeStart, authorization).response
    }

    /// What to add to an error where access is denied: who was asked for credentials in vain.
    var credentialNotes: String {
        let result = state.withLock { $0.credentials }
        guard let result else { return "" }
        if result.credentials != nil { return "the credentials for \(name.host) do not suffice" }
        return (["no credentials for \(name.host) were found"] + result.notes).joined(separator: "; ")
    }

    private func send(
        _ path: String, _ headers: [HTTPRequest.Header], _ rangeStart: Int?,
        _ authorization: HTTPAuthorization?
    ) throws(ImageError) -> (response: HTTPResponse, base: HTTPAddress) {
        func request(_ base: HTTPAddress) throws(HTTPError) -> HTTPRequest {
            HTTPRequest(
                try HTTPAddress(base.text + "/v2/\(name.repository)/\(path)"), headers: headers,
                rangeStart: rangeStart, authorization: authorization)
        }
        do throws(HTTPError) {
            if let base = state.withLock({ $0.base }) {
                return (try exchange.answer(to: try request(base)), base)
            }
            let (response, base) = try firstAnswer(request)
            state.withLock { $0.base = base }
            return (response, base)
        } catch {
            throw ImageError(error, at: name.host)
        }
    }

    /// Asks by https, and by http where that is not spoken and http is allowed.
    private func firstAnswer(_ request: (HTTPAddress) throws(HTTPError) -> HTTPRequest) throws(HTTPError)
        -> (HTTPResponse, HTTPAddress)
    {
        let secure = try HTTPAddress("https://\(name.server)")
        guard connection.allowsPlainHTTP || secure.isLoopback else {
            return (try exchange.answer(to: try request(secure)), secure)
        }
        do throws(HTTPError) {
            // Asked once only: where TLS fails it fails again.
            return (try exchange.client.open(try request(secure)), secure)
        } catch  where Self.speaksNoTLS(error) {
            let plain = try HTTPAddress("http://\(name.server)")
            return (try exchange.answer(to: try request(plain)), plain)
        }
    }

    /// A certificate that is not trusted is no reason to do without.
    private static func speaksNoTLS(_ error: HTTPError) -> Bool {
        [.tls, .truncated, .malformed, .unreachable].contains(error.code)
    }

    private func authorization(
        for challenges: [Challenge], refused: HTTPAuthorization?, by base: HTTPAddress
    ) throws(ImageError) -> HTTPAuthorization {
        if let bearer = challenges.first(where: { $0.scheme == "bearer" }) {
            return try token(for: try TokenService.Wish(bearer, for: name), refused: refused, base)
        }
        guard challenges.contains(where: { $0.scheme == "basic" }) else {
            let schemes = Set(challenges.map(\.scheme)).intersection(Challenge.knownSchemes).sorted()
                .joined(separator: ", ")
            throw ImageError(
                .accessDenied, at: name.host, "registry wants a kind of authentication that is not known",
                underlying: schemes)
        }
        guard let basic = credentials().basic, basic != refused else {
            throw ImageError(
                .accessDenied, at: name.host, "registry asks for credentials", underlying: credentialNotes)
        }
        return basic
    }

    private func token(for wish: TokenService.Wish, refused: HTTPAuthorization?, _ base: HTTPAddress)
        throws(ImageError) -> HTTPAuthorization
    {
        if let known = state.withLock({ $0.tokens[wish] }), known.end > .now, known.authorization != refused {
            return known.authorization
        }
        let service = TokenService(exchange: exchange, name: name)
        let credentials = credentials()
        let answer: TokenAnswer
        do throws(ImageError) {
            answer = try service.token(for: wish, as: credentials.credentials, registry: base)
        } catch  where error.code == .accessDenied {
            throw ImageError(
                .accessDenied, at: error.place, error.reason,
                underlying: [error.underlying ?? "", credentialNotes].joined(separator: "; "))
        }
        let token = HTTPAuthorization.bearer(answer.bearer ?? "")
        let end = ContinuousClock.now + answer.life
        state.withLock { $0.tokens[wish] = Token(authorization: token, end: end) }
        return token
    }

    private func credentials() -> CredentialLookup.Result {
        if let known = state.withLock({ $0.credentials }) { return known }
        let found = CredentialLookup(connection: connection).find(for: name)
        state.withLock { $0.credentials = found }
        return found
    }
}

extension CredentialLookup.Result {
    fileprivate var basic: HTTPAuthorization? { credentials?.basic }
}
