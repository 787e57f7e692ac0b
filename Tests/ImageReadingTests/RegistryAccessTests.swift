import Foundation
import Model
import TestSupport
import Testing

@testable import ImageReading

@Suite("access to a registry", .enabled(if: ProgramRunner.has("python3"), "needs python3"))
struct RegistryAccessTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test("credentials are shown only once they are asked for, and then with every request")
    func basic() throws {
        let needed = "Basic " + base64("me:s3cret")
        let registry = try ScriptedRegistry(content: [1]) { script in
            for path in [script.tagPath, script.layerPath] {
                script[path] = Self.guarded(script[path], needed, #"Basic realm=\"x\""#)
            }
        }
        #expect(try registry.open(environment: login(registry.server.port)).readAll() == [2_048])
        let shown = try registry.server.requests().map { $0.headers["authorization"] }
        #expect(shown.first == .some(nil))
        #expect(shown.dropFirst().allSatisfy { $0 == needed })
    }

    @Test("without credentials, and with wrong ones, the error says what was wanted and never what was shown")
    func denied() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] = Self.guarded(
                script[script.tagPath], "Basic other", #"Basic realm=\"x\""#)
        }
        let nobody = #expect(throws: ImageError.self) { try registry.open() }
        #expect(nobody?.code == .accessDenied)
        #expect(nobody?.description.contains("no credentials for 127.0.0.1:\(registry.server.port)") == true)
        let environment = try login(registry.server.port)
        let wrong = #expect(throws: ImageError.self) { try registry.open(environment: environment) }
        #expect(wrong?.code == .accessDenied)
        #expect(wrong?.description.contains("do not suffice") == true)
        #expect(wrong?.description.contains("s3cret") == false)
    }

    @Test("a token is fetched once for what it is good for, as the challenge says", arguments: [true, false])
    func bearer(hasCredentials: Bool) throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script["/token"] = #"{"body": "{\"token\": \"t0ken\", \"expires_in\": 300}"}"#
            Self.wantToken(&script)
        }
        let environment = hasCredentials ? try login(registry.server.port) : [:]
        #expect(try registry.open(environment: environment).readAll() == [2_048])
        let asked = try registry.server.requests().filter { $0.path.hasPrefix("/token") }
        let account = hasCredentials ? "&account=me" : ""
        #expect(asked.map(\.path) == ["/token?service=reg&scope=repository%3Ademo%3Apull" + account])
        #expect(
            asked.first?.headers["authorization"] == (hasCredentials ? "Basic " + base64("me:s3cret") : nil))
        let shown = try registry.requests(for: "/v2/demo/blobs/\(registry.layer)")
        #expect(shown.map { $0.headers["authorization"] } == ["Bearer t0ken"])
    }

    @Test("an identity token is posted, and shown nowhere else")
    func identityToken() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script["/token"] = #"{"body": "{\"access_token\": \"t0ken\"}"}"#
            Self.wantToken(&script)
        }
        let host = "127.0.0.1:\(registry.server.port)"
        let file = try folder.write(#"{"auths":{"\#(host)":{"identitytoken":"1dentity"}}}"#, to: "auth.json")
        #expect(try registry.open(environment: ["REGISTRY_AUTH_FILE": file]).readAll() == [2_048])
        let posts = try registry.server.requests().filter { $0.method == "POST" }
        #expect(posts.map(\.path) == ["/token"])
        #expect(posts.first?.form.contains("grant_type=refresh_token") == true)
        #expect(posts.first?.form.contains("refresh_token=1dentity") == true)
        for request in try registry.server.requests() where request.method != "POST" {
            #expect(!request.headers.values.contains { $0.contains("1dentity") })
            #expect(!request.path.contains("1dentity"))
        }
    }

    @Test("a token that is refused later is fetched anew")
    func expired() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script["/token"] = #"{"body": "{\"token\": \"0ld\"}"}, {"body": "{\"token\": \"t0ken\"}"}"#
            script[script.tagPath] = Self.guarded(script[script.tagPath], "Bearer 0ld", Self.challenge)
            script[script.layerPath] = Self.guarded(script[script.layerPath], "Bearer t0ken", Self.challenge)
        }
        #expect(try registry.open().readAll() == [2_048])
    }

    @Test(
        "an answer that is no token is refused, however long",
        arguments: [
            #"{"body": "{}"}"#, #"{"body": "{\"token\": \"\"}"}"#, #"{"body": "x", "endless": true}"#,
            #"{"status": 403}"#, #"{"status": 404}"#, #"{"body": "{\"token\": \"a b\"}"}"#,
            #"{"body": "{\"token\": \"a\\r\\nX-Evil: 1\"}"}"#,
        ])
    func noToken(answer: String) throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script["/token"] = answer
            Self.wantToken(&script)
        }
        let error = #expect(throws: ImageError.self) { try registry.open() }
        #expect(error?.description.contains("token") == true, "\(String(describing: error))")
    }

    @Test(
        "a challenge that nobody can answer is an error in words",
        arguments: [
            ("Negotiate", "kind of authentication"), ("", "kind of authentication"),
            ("Bearer realm=\\\"ftp://x/\\\"", "no token service"), ("Bearer", "no token service"),
            ("Bearer realm=\\\"http://u:p@127.0.0.1/\\\"", "no token service"),
        ])
    func unanswerable(challenge: String, words: String) throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] = Self.guarded(script[script.tagPath], "nothing", challenge)
        }
        let error = #expect(throws: ImageError.self) { try registry.open() }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test("a registry that repeats what it was shown is not repeated in an error")
    func echo() throws {
        let shown = base64("me:s3cret")
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] = ["Basic realm=x", "\(shown), Negotiate"]
                .map { #"{"status": 401, "headers": [["WWW-Authenticate", "\#($0)"]]}"# }
                .joined(separator: ",")
        }
        let environment = try login(registry.server.port)
        let first = #expect(throws: ImageError.self) { try registry.open(environment: environment) }
        let second = #expect(throws: ImageError.self) { try registry.open(environment: environment) }
        #expect(second?.description.contains("negotiate") == true, "\(String(describing: second))")
        let text = [first, second].map { String(describing: $0).lowercased() }.joined()
        #expect(!text.contains(shown.lowercased().prefix(8)), "\(text)")
    }

    @Test("credentials are not sent to a token service elsewhere without TLS")
    func insecureRealm() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] = Self.guarded(
                script[script.tagPath], "nothing", #"Bearer realm=\"http://tokens.invalid/\""#)
        }
        let environment = try login(registry.server.port)
        let error = #expect(throws: ImageError.self) { try registry.open(environment: environment) }
        #expect(error?.code == .accessDenied)
        #expect(error?.description.contains("without TLS") == true)
    }

    @Test("a redirect to another host is followed, and credentials do not go along")
    func redirect() throws {
        let needed = "Basic " + base64("me:s3cret")
        let storage = try ScriptedServer("{}")
        let registry = try ScriptedRegistry(content: [1]) { script in
            let answer = """
                {"status": 307, "needs": "\(needed)", "challenge": "Basic realm=x",
                "headers": [["Location", "http://localhost:\(storage.port)/stored?X-Signature=s1gned"]]}
                """
            script[script.tagPath] = Self.guarded(script[script.tagPath], needed, "Basic realm=x")
            script[script.layerPath] = answer
        }
        let environment = try login(registry.server.port)
        let error = #expect(throws: ImageError.self) { try registry.open(environment: environment).readAll() }
        #expect(error?.description.contains("http://localhost:\(storage.port)") == true)
        #expect(error?.description.contains("s1gned") == false)
        let requests = try storage.requests()
        #expect(requests.map(\.path) == ["/stored?X-Signature=s1gned"])
        #expect(requests.first?.headers["authorization"] == nil)
        #expect(
            try registry.requests(for: "/v2/demo/blobs/\(registry.layer)").last?.headers["authorization"]
                == needed)
    }

    @Test("a challenge from where a redirect led is not answered")
    func redirectedChallenge() throws {
        let storage = try ScriptedServer(
            #"{"/stored": [{"needs": "x", "challenge": "Basic realm=x"}]}"#)
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] =
                #"{"status": 307, "headers": [["Location", "http://localhost:\#(storage.port)/stored"]]}"#
        }
        let environment = try login(registry.server.port)
        let error = #expect(throws: ImageError.self) { try registry.open(environment: environment) }
        #expect(error?.code == .accessDenied)
        #expect(try storage.requests().allSatisfy { $0.headers["authorization"] == nil })
    }

    @Test("a registry elsewhere is asked without TLS only where that is allowed", arguments: [false, true])
    func plainHTTP(isAllowed: Bool) throws {
        // The server plays a proxy that connects to nobody, so that TLS fails and plain requests arrive.
        let registry = try ScriptedRegistry(content: [1]) { script in
            script.answerAlso(at: "http://registry.invalid")
        }
        let proxy = "http://127.0.0.1:\(registry.server.port)"
        let environment = ["http_proxy": proxy, "https_proxy": proxy]
        func open() throws -> [Int] {
            try registry.open(
                host: "registry.invalid", environment: environment, allowsPlainHTTP: isAllowed
            ).readAll()
        }
        if isAllowed {
            #expect(try open() == [2_048])
        } else {
            let error = #expect(throws: ImageError.self) { try open() }
            #expect(error?.code == .unreachable, "\(String(describing: error))")
            #expect(try registry.server.requests().isEmpty)
        }
    }

    private static let challenge =
        #"Bearer realm=\"http://127.0.0.1:PORT/token\",service=\"reg\",scope=\"repository:demo:pull\""#

    /// `answer`, but only for who shows `needed`.
    private static func guarded(_ answer: String, _ needed: String, _ challenge: String) -> String {
        answer.dropLast() + #", "needs": "\#(needed)", "challenge": "\#(challenge)"}"#
    }

    private static func wantToken(_ script: inout ScriptedRegistry.Script) {
        for path in [script.tagPath, script.layerPath] {
            script[path] = guarded(script[path], "Bearer t0ken", challenge)
        }
    }

    /// What a login at the registry leaves behind.
    private func login(_ port: Int) throws -> [String: String] {
        let document = #"{"auths":{"127.0.0.1:\#(port)":{"auth":"\#(base64("me:s3cret"))"}}}"#
        return ["REGISTRY_AUTH_FILE": try folder.write(document, to: "auth.json")]
    }

    private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
