internal import FoundationEssentials

/// A program that keeps credentials: `docker-credential-NAME get`, the server on its standard input.
struct CredentialHelper {
    struct Failure: Error, CustomStringConvertible { let description: String }

    private struct Answer: Decodable {
        let username: String
        let secret: String

        enum CodingKeys: String, CodingKey {
            case username = "Username"
            case secret = "Secret"
        }
    }

    private static let outputLimit = 64 << 10
    private static let timeLimit: Duration = .seconds(30)
    /// What helpers write in place of a user where the secret is an identity token.
    private static let tokenUser = "<token>"

    let name: String
    let environment: [String: String]

    /// The credentials for `server`; nil where the helper has none.
    func credentials(for server: String) throws(Failure) -> RegistryCredentials? {
        let program = "docker-credential-\(name)"
        guard Self.isName(name) else { throw Failure(description: "credential helper has an unusable name") }
        guard let path = executable(program) else {
            throw Failure(description: "credential helper \(program) is not installed")
        }
        let outcome: BoundedProgram.Outcome
        do throws(BoundedProgram.Failure) {
            outcome = try BoundedProgram(path: path, arguments: ["get"], environment: environment)
                .run(input: Array(server.utf8), outputLimit: Self.outputLimit, timeLimit: Self.timeLimit)
        } catch {
            throw Failure(description: "credential helper \(program) \(error)")
        }
        guard outcome.status == 0 else {
            if String(decoding: outcome.output, as: UTF8.self).contains("credentials not found") {
                return nil
            }
            throw Failure(description: "credential helper \(program) failed with status \(outcome.status)")
        }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(outcome.output)) else {
            throw Failure(description: "credential helper \(program) gave no answer that can be read")
        }
        if answer.secret.isEmpty { return nil }
        return answer.username == Self.tokenUser
            ? .identityToken(answer.secret) : .password(user: answer.username, password: answer.secret)
    }

    /// Nothing that leads out of the search path, or that the program would take for an option.
    private static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name.first != "-" && name.first != "."
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }

    private func executable(_ program: String) -> String? {
        let folders = (environment["PATH"] ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
        return folders.map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
