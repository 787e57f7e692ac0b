internal import HTTP

/// As whom to ask a registry; no way of printing it shows a secret.
enum RegistryCredentials: Hashable, Sendable {
    case password(user: String, password: String)
    /// What a token service takes in place of a password.
    case identityToken(String)

    /// What a server that asks for a password is shown.
    var basic: HTTPAuthorization? {
        guard case .password(let user, let password) = self else { return nil }
        return .basic(user: user, password: password)
    }
}

extension RegistryCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "credentials" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
