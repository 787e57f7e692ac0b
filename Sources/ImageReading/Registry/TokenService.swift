internal import Archives
internal import FoundationEssentials
internal import HTTP
internal import Model

/// Fetches the tokens that a registry's `Bearer` challenge asks for.
struct TokenService: Sendable {
    private static let answerLimit = 256 << 10
    private static let client = "palimpsest"

    let exchange: HTTPExchange
    let name: RegistryName

    /// What a challenge asks for.
    struct Wish: Hashable, Sendable {
        let realm: HTTPAddress
        let service: String?
        let scope: String

        init(_ challenge: Challenge, for name: RegistryName) throws(ImageError) {
            let realm = challenge.parameters["realm"] ?? ""
            do throws(HTTPError) {
                self.realm = try HTTPAddress(realm)
            } catch {
                throw ImageError(
                    .malformedDocument, at: name.host, "registry names no token service that can be asked",
                    underlying: error.reason)
            }
            service = challenge.parameters["service"]
            scope = challenge.parameters["scope"] ?? "repository:\(name.repository):pull"
        }
    }

    /// A token for `wish`, as `credentials` say or as nobody in particular; `registry` sent us.
    func token(
        for wish: Wish, as credentials: RegistryCredentials?, registry: HTTPAddress
    ) throws(ImageError) -> TokenAnswer {
        let isSafe =
            wish.realm.scheme == "https" || wish.realm.isLoopback
            || wish.realm.hasSameOrigin(as: registry)
        guard isSafe || credentials == nil else {
            throw ImageError(
                .accessDenied, at: name.host, "credentials are not sent to a token service without TLS",
                underlying: wish.realm.description)
        }
        let response = try exchange.open(try request(for: wish, as: credentials))
        guard response.status == 200 else { throw refusal(response, wish, credentials) }
        return try Self.answer(response, from: wish.realm)
    }

    private func request(for wish: Wish, as credentials: RegistryCredentials?) throws(ImageError)
        -> HTTPRequest
    {
        var form = HTTPForm()
        if let service = wish.service { form.add("service", service) }
        form.add("scope", wish.scope)
        if case .identityToken(let token)? = credentials {
            form.add("grant_type", "refresh_token")
            form.add("client_id", Self.client)
            form.add("refresh_token", token)
            return HTTPRequest(wish.realm, method: .post(form))
        }
        if case .password(let user, _)? = credentials { form.add("account", user) }
        let separator = wish.realm.text.contains("?") ? "&" : "?"
        do throws(HTTPError) {
            let address = try HTTPAddress(wish.realm.text + separator + form.encoded)
            return HTTPRequest(address, authorization: credentials?.basic)
        } catch {
            throw ImageError(error, at: name.host)
        }
    }

    private func refusal(_ response: HTTPResponse, _ wish: Wish, _ credentials: RegistryCredentials?)
        -> ImageError
    {
        let place = wish.realm.description
        guard [400, 401, 403].contains(response.status) else {
            return ImageError(
                .unavailable, at: name.host, "token service answers \(response.status)", underlying: place)
        }
        let reason =
            credentials == nil
            ? "token service gives no token to whom it does not know"
            : "token service does not accept the credentials"
        return ImageError(.accessDenied, at: name.host, reason, underlying: place)
    }

    private static func answer(_ response: HTTPResponse, from realm: HTTPAddress) throws(ImageError)
        -> TokenAnswer
    {
        do throws(ArchiveError) {
            let bytes = try response.readAll(limit: answerLimit + 1)
            guard bytes.count <= answerLimit else {
                throw ArchiveError(.tooLarge, "token is larger than \(answerLimit) bytes")
            }
            guard let answer = try? JSONDecoder().decode(TokenAnswer.self, from: Data(bytes)),
                answer.bearer != nil
            else { throw ArchiveError(.malformed, "token service gives no token") }
            return answer
        } catch {
            throw ImageError(error, at: realm.description)
        }
    }
}
