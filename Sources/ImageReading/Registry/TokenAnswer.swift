/// What a token service answers.
struct TokenAnswer: Decodable {
    /// What the specification says where the answer does not.
    private static let usualLife = 60

    let token: String?
    let accessToken: String?
    let expiresIn: Int?

    enum CodingKeys: String, CodingKey {
        case token
        case accessToken = "access_token"
        case expiresIn = "expires_in"
    }

    /// The token under either of its names.
    var bearer: String? { [token, accessToken].compactMap(\.self).first { !$0.isEmpty } }

    /// How long it may be used, less what asking with it takes.
    var life: Duration { .seconds(max(expiresIn ?? Self.usualLife, Self.usualLife) - 10) }
}
