import Foundation
import TestSupport
import Testing

@testable import ImageReading

@Suite("credentials of a registry")
struct CredentialTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test(
        "the key that says most of an image counts, however it is written",
        arguments: [
            ("quay.io/a/b/c", "1"), ("quay.io/a/b", "1"), ("quay.io/a/x", "2"), ("quay.io/x", "3"),
            ("localhost:5000/a", "4"), ("alpine", "5"), ("docker.io/a/b", "5"), ("old.example/a", "6"),
        ])
    func keys(image: String, password: String) throws {
        func entry(_ password: String) -> String { #"{"auth":"\#(base64("me:" + password))"}"# }
        let document = """
            {"auths":{"quay.io/a/b":\(entry("1")),"quay.io/a":\(entry("2")),"quay.io":\(entry("3")),
            "http://localhost:5000":\(entry("4")),"https://index.docker.io/v1/":\(entry("5")),
            "https://old.example/v2/":\(entry("6"))}}
            """
        #expect(try find(image, in: document).credentials == .password(user: "me", password: password))
    }

    @Test("user and password may stand for themselves, and an identity token before both")
    func forms() throws {
        let document = #"""
            {"auths":{"a.example":{"username":"u","password":"p:q"},"c.example":{},
            "b.example":{"auth":"\#(base64("u:p"))","identitytoken":"t"},"d.example":{"auth":"!"}}}
            """#
        #expect(try find("a.example/x", in: document).credentials == .password(user: "u", password: "p:q"))
        #expect(try find("b.example/x", in: document).credentials == .identityToken("t"))
        #expect(try find("c.example/x", in: document).credentials == nil)
        #expect(try find("d.example/x", in: document).credentials == nil)
    }

    @Test("files are asked in their order, and one that was named counts alone")
    func order() throws {
        func write(_ password: String, _ host: String, to name: String) throws {
            try folder.write(#"{"auths":{"\#(host)":{"username":"u","password":"\#(password)"}}}"#, to: name)
        }
        try write("run", "a.example", to: "run/containers/auth.json")
        try write("home", "a.example", to: "home/.docker/config.json")
        try write("home", "b.example", to: "home/.docker/config.json")
        try write("docker", "b.example", to: "docker/config.json")
        try write("named", "c.example", to: "named.json")
        var environment = ["HOME": folder.file("home"), "XDG_RUNTIME_DIR": folder.file("run")]
        #expect(try password("a.example/x", environment) == "run")
        #expect(try password("b.example/x", environment) == "home")
        environment["DOCKER_CONFIG"] = folder.file("docker")
        #expect(try password("b.example/x", environment) == "docker")
        environment["REGISTRY_AUTH_FILE"] = folder.file("named.json")
        #expect(try password("b.example/x", environment) == nil)
        #expect(try password("c.example/x", environment) == "named")
    }

    @Test("a file that cannot be read is told of, without what stands in it; one that is absent is not")
    func unreadable() throws {
        let environment = ["HOME": folder.file("home"), "XDG_RUNTIME_DIR": folder.file("run")]
        #expect(try find("a.example/x", environment).notes.isEmpty)
        try folder.write(#"{"auths":{"a.example":{"auth":"s3cret""#, to: "home/.docker/config.json")
        try folder.write("", to: "run/containers/auth.json/folder")
        let notes = try find("a.example/x", environment).notes
        #expect(notes.map { $0.hasPrefix(folder.path) } == [true, true], "\(notes)")
        #expect(notes.first?.hasSuffix("run/containers/auth.json cannot be read: not a regular file") == true)
        #expect(notes.last?.hasSuffix("home/.docker/config.json is no file of credentials") == true)
        #expect(!notes.joined().contains("s3cret"))
    }

    @Test("a file of credentials that never ends, or is too long, is not read to its end")
    func unboundedFile() throws {
        func notes(_ path: String) throws -> [String] {
            try find("a.example/x", ["REGISTRY_AUTH_FILE": path]).notes
        }
        #expect(try notes("/dev/zero") == ["/dev/zero cannot be read: not a regular file"])
        let long = #"{"auths":{}}"# + String(repeating: " ", count: 1 << 20)
        let path = try folder.write(long, to: "long.json")
        #expect(try notes(path) == ["\(path) is no file of credentials"])
    }

    @Test("a helper is given the server, and its answer is taken")
    func helper() throws {
        try install("keep", #"read server; printf '{"Username":"u","Secret":"%s"}' "$server""#)
        let document = #"{"credHelpers":{"a.example":"keep"},"credsStore":"keep","auths":{"b.example":{}}}"#
        #expect(
            try find("a.example/x", in: document).credentials == .password(user: "u", password: "a.example"))
        #expect(
            try find("b.example/x", in: document).credentials == .password(user: "u", password: "b.example"))
        #expect(
            try find("alpine", in: document).credentials
                == .password(user: "u", password: "https://index.docker.io/v1/"))
    }

    @Test("a helper may give an identity token")
    func helperToken() throws {
        try install("keep", #"echo '{"Username":"<token>","Secret":"t"}'"#)
        #expect(
            try find("a.example/x", in: #"{"credsStore":"keep"}"#).credentials == .identityToken("t"))
    }

    @Test(
        "a helper that has nothing is no failure, and one that fails is named without what it wrote",
        arguments: [
            ("echo 'credentials not found in native keychain'; exit 1", []),
            ("echo s3cret-text; exit 3", ["failed with status 3"]),
            ("echo s3cret-text", ["no answer that can be read"]),
            ("yes s3cret-text", ["wrote too much"]),
            ("kill -9 $$", ["status 137"]),
        ] as [(String, [String])])
    func failing(script: String, words: [String]) throws {
        try install("keep", script)
        let result = try find("a.example/x", in: #"{"credsStore":"keep"}"#)
        #expect(result.credentials == nil)
        #expect(result.notes.count == words.count)
        for word in words { #expect(result.notes.first?.contains(word) == true, "\(result.notes)") }
        #expect(!result.notes.joined().contains("s3cret"))
    }

    @Test("a helper that does not end is ended, with what it started")
    func endless() throws {
        let script = try folder.install("sleep 600 & echo $! > \(folder.path)/child; wait", as: "slow")
        let program = BoundedProgram(path: script, arguments: [], environment: ["PATH": "/usr/bin:/bin"])
        let error = #expect(throws: BoundedProgram.Failure.self) {
            try program.run(input: [], outputLimit: 10, timeLimit: .milliseconds(1_500))
        }
        #expect(error?.description == "took too long")
        let text = String(decoding: try folder.read("child"), as: UTF8.self)
        let child = try #require(pid_t(text.split(separator: "\n").first ?? ""))
        let deadline = ContinuousClock.now + .seconds(10)
        while isRunning(child), ContinuousClock.now < deadline { usleep(10_000) }
        #expect(!isRunning(child))
    }

    @Test("a helper's name never leads anywhere", arguments: ["../x", "a/b", "-x", "", "a b", ".x"])
    func names(name: String) throws {
        let helper = CredentialProgram(name: name, environment: ["PATH": "/usr/bin"])
        let error = #expect(throws: CredentialProgram.Failure.self) {
            try helper.credentials(for: "a.example")
        }
        #expect(error?.description.contains("unusable name") == true)
    }

    @Test("no way of printing credentials shows them")
    func printing() {
        let values: [any Sendable] = [
            RegistryCredentials.password(user: "u", password: "s3cret"),
            RegistryCredentials.identityToken("s3cret"),
            ConnectionOptions(environment: ["X": "s3cret"]),
            CredentialLookup.Result(credentials: .identityToken("s3cret"), notes: []),
        ]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] { #expect(!text.contains("s3cret")) }
        }
    }

    private func find(_ image: String, in document: String) throws -> CredentialLookup.Result {
        let file = try folder.write(document, to: "auth.json")
        return try find(image, ["REGISTRY_AUTH_FILE": file, "PATH": folder.path + ":/usr/bin:/bin"])
    }

    private func find(_ image: String, _ environment: [String: String]) throws -> CredentialLookup.Result {
        CredentialLookup(connection: ConnectionOptions(environment: environment))
            .find(for: try RegistryName(try ImageReference.parse("docker://" + image)))
    }

    private func password(_ image: String, _ environment: [String: String]) throws -> String? {
        guard case .password(_, let password)? = try find(image, environment).credentials else { return nil }
        return password
    }

    private func install(_ name: String, _ script: String) throws {
        try folder.install(script, as: "docker-credential-\(name)")
    }

    private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    /// A process that ended and that nobody has waited for counts as ended.
    private func isRunning(_ process: pid_t) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        return !status.isEmpty && !status.contains(") Z ")
    }
}
