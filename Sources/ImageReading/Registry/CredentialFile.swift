internal import Archives
internal import FoundationEssentials

/// What `docker login` and `podman login` write: `config.json`, `auth.json`.
struct CredentialFile {
    struct Failure: Error, CustomStringConvertible { let description: String }

    private static let sizeLimit = 1 << 20

    private struct Document: Decodable {
        let auths: [String: Entry]?
        let credHelpers: [String: String]?
        let credsStore: String?
    }

    private struct Entry: Decodable {
        let auth: String?
        let username: String?
        let password: String?
        let identitytoken: String?

        var credentials: RegistryCredentials? {
            if let identitytoken, !identitytoken.isEmpty { return .identityToken(identitytoken) }
            if let username, !username.isEmpty, let password {
                return .password(user: username, password: password)
            }
            guard let auth, !auth.isEmpty, let data = Data(base64Encoded: auth),
                let text = String(bytes: data, encoding: .utf8), let colon = text.firstIndex(of: ":")
            else { return nil }
            let password = text[text.index(after: colon)...].filter { $0 != "\u{0}" }
            return .password(user: String(text[..<colon]), password: String(password))
        }
    }

    private let auths: [String: Entry]
    private let helpers: [String: String]
    /// The helper for whatever no other stands for.
    let store: String?

    /// The file at `path`; nil where there is none.
    init?(path: String) throws(Failure) {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let content: [UInt8]
        do {
            content = try FileByteSource.open(path).readAll(limit: Self.sizeLimit + 1)
        } catch {
            throw Failure(description: "\(path) cannot be read: \(error.underlying ?? error.reason)")
        }
        // What is wrong in it is not told: the words for that could quote it.
        guard content.count <= Self.sizeLimit,
            let document = try? JSONDecoder().decode(Document.self, from: Data(content))
        else { throw Failure(description: "\(path) is no file of credentials") }
        auths = Dictionary(
            (document.auths ?? [:]).map { (CredentialKey.normalised($0.key), $0.value) },
            uniquingKeysWith: { first, second in first.credentials == nil ? second : first })
        helpers = Dictionary(
            (document.credHelpers ?? [:]).map { (CredentialKey.normalised($0.key), $0.value) },
            uniquingKeysWith: { first, _ in first })
        store = document.credsStore.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The helper that the file names for this key alone.
    func helper(for key: String) -> String? { helpers[key].flatMap { $0.isEmpty ? nil : $0 } }

    /// The credentials that the file itself holds.
    func credentials(for key: String) -> RegistryCredentials? { auths[key]?.credentials }
}
