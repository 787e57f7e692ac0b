import FoundationEssentials
import TestSupport
import Testing

@Suite("The demo image")
struct DemoImageTests {
    private let program: ProgramRunner
    private let tar: ProgramRunner

    init() throws {
        program = try ProgramRunner(product: "demo-image")
        tar = try #require(ProgramRunner(tool: "tar"))
    }

    private func secrets() throws -> [String] {
        try program.run(["--print-secrets"]).outputText.split(separator: "\n").map { String($0) }
    }

    /// The layers of the image as tar files, from the base.
    private func layers(in scratch: ScratchFolder) throws -> [String] {
        struct Index: Decodable { let manifests: [Descriptor] }
        struct Manifest: Decodable { let layers: [Descriptor] }
        struct Descriptor: Decodable { let digest: String }
        let made = try program.run([scratch.file("image"), "--compression", "none"])
        try #require(made.status == 0, "\(made.errorText)")
        func blob(_ digest: String) -> String { "image/blobs/sha256/" + digest.dropFirst(7) }
        let index = try JSONDecoder().decode(Index.self, from: Data(try scratch.read("image/index.json")))
        let manifest = try JSONDecoder().decode(
            Manifest.self, from: Data(try scratch.read(blob(index.manifests[0].digest))))
        return manifest.layers.map { scratch.file(blob($0.digest)) }
    }

    @Test("it has the same bytes whatever the time zone and the locale", arguments: ["none", "gzip", "zstd"])
    func sameBytes(compression: String) throws {
        let scratch = try ScratchFolder()
        let arguments = ["--format", "oci-archive", "--compression", compression]
        _ = try program.run([scratch.file("a")] + arguments)
        _ = try program.run(
            [scratch.file("b")] + arguments,
            environment: ["TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8", "USER": "someone"])
        #expect(try scratch.read("a") == scratch.read("b"))
    }

    @Test("every layer holds the files of its step, and the deletion comes two layers after the copy")
    func files() throws {
        let scratch = try ScratchFolder()
        let names = try layers(in: scratch).map {
            try tar.run(["-tf", $0]).outputText.split(separator: "\n")
        }
        try #require(names.count == 10)
        for (layer, name) in [
            (0, "etc/os-release"), (1, "usr/local/share/ca-certificates/ledger-corp-root-2015.crt"),
            (1, "usr/local/share/ca-certificates/build-proxy.crt"), (2, "etc/ssl/certs/ca-certificates.crt"),
            (4, "etc/ledger/config.yaml"), (5, "app/.env"), (6, "root/.npmrc"),
            (6, "root/.config/pip/pip.conf"),
            (6, "root/.docker/config.json"), (7, "app/.wh..env"), (7, "root/.docker/config.json"),
            (8, "etc/ledger/config.yaml"), (9, "var/lib/ledger/backup.tar.gz"),
        ] {
            #expect(names[layer].contains { $0 == name }, "\(name) in layer \(layer)")
        }
    }

    @Test("every printed secret is in the image, the key two archives deep")
    func planted() throws {
        let scratch = try ScratchFolder()
        let paths = try layers(in: scratch)
        let names = try scratch.names(in: "image/blobs/sha256")
        let text = try names.map {
            String(decoding: try scratch.read("image/blobs/sha256/" + $0), as: UTF8.self)
        }
        .joined()
        let secrets = try secrets()
        #expect(secrets.count == 15)
        for secret in secrets.dropLast() {
            let login = Data("ledger-ci:\(secret)".utf8).base64EncodedString()
            #expect(text.contains(secret) || text.contains(login), "\(secret.prefix(6))…")
        }
        let key = try #require(secrets.last)
        #expect(!text.contains(key))
        _ = try tar.run(["-xf", paths[9], "-C", scratch.path])
        _ = try tar.run(["-xzf", scratch.file("var/lib/ledger/backup.tar.gz"), "-C", scratch.path])
        let unzip = try #require(ProgramRunner(tool: "unzip"))
        let pem = try unzip.run(["-p", scratch.file("backup/keys.zip"), "keys/payment-signing.pem"])
        #expect(pem.outputText.contains(key))
        let openssl = try #require(ProgramRunner(tool: "openssl"))
        #expect(try openssl.run(["pkey", "-noout"], input: pem.output).status == 0)
    }

    @Test("one authority of the base is expired, the other is valid")
    func authorities() throws {
        let scratch = try ScratchFolder()
        _ = try tar.run(["-xf", try layers(in: scratch)[1], "-C", scratch.path])
        let openssl = try #require(ProgramRunner(tool: "openssl"))
        func dates(_ name: String) throws -> String {
            let file = scratch.file("usr/local/share/ca-certificates/" + name)
            return try openssl.run(["x509", "-noout", "-dates", "-in", file]).outputText
        }
        #expect(try dates("ledger-corp-root-2015.crt").contains("notAfter=Jun 30 23:59:59 2025 GMT"))
        #expect(try dates("build-proxy.crt").contains("notAfter=Dec 31 23:59:59 2033 GMT"))
    }

    @Test("no secret stands in the sources")
    func noLiterals() throws {
        let grep = try #require(ProgramRunner(tool: "grep"))
        let patterns = Array(try secrets().joined(separator: "\n").utf8)
        let found = try grep.run(
            ["-rlF", "-f", "-", RepositoryRoot.file("Sources"), RepositoryRoot.file("Tests")], input: patterns
        )
        #expect(found.outputText.isEmpty)
        #expect(found.status == 1)
    }

    @Test(
        "a mistake on the command line is told with status 64",
        arguments: [
            ([], "no DESTINATION"), (["a", "b"], "more than one DESTINATION"),
            (["a", "--format"], "--format needs one of"),
            (["a", "--format", "rar"], "--format rar: not one of"),
            (["a", "--compression=lzw"], "--compression lzw: not one of"),
            (["--frmat"], "unknown option --frmat"),
        ] as [([String], String)])
    func mistakes(arguments: [String], message: String) throws {
        let outcome = try program.run(arguments)
        #expect(outcome.status == 64)
        #expect(outcome.errorText.contains(message))
        #expect(outcome.output.isEmpty)
    }

    @Test("what cannot be written is told with status 3, naming the place")
    func unwritable() throws {
        let outcome = try program.run(["/nonexistent/image"])
        #expect(outcome.status == 3)
        #expect(outcome.errorText == "demo-image: /nonexistent/image: no folder /nonexistent to write in\n")
    }

    @Test("help is printed with status 0")
    func help() throws {
        let outcome = try program.run(["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.outputText.hasPrefix("usage: demo-image DESTINATION"))
    }
}
