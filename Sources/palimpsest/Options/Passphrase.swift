import Pipeline

/// The words that protect a key: in the environment, or typed.
enum Passphrase {
    static let variable = "PALIMPSEST_KEY_PASSPHRASE"

    /// Those of the environment.
    static func given(_ environment: [String: String]) -> [UInt8]? {
        environment[variable].flatMap { $0.isEmpty ? nil : Array($0.utf8) }
    }

    /// Those for a new key, typed twice; nil for a key that is not to be encrypted.
    static func chosen(_ environment: [String: String]) throws(AuditError) -> [UInt8]? {
        if let given = given(environment) { return given }
        guard let typed = Terminal.secret("Passphrase (none: the key is not encrypted): ") else { return nil }
        guard Terminal.secret("The same again: ") == typed else {
            throw AuditError(
                code: .unusableSigningKey, place: "", reason: "the two passphrases differ; no key was made")
        }
        return typed
    }
}
