import FoundationEssentials
import ImageWriting
import Model
import TestSupport
import Testing

/// Bundles through the built program, and through the programs of others.
@Suite("Bundles from the command line")
struct BundleTests {
    private let bench: Workbench

    init() throws { bench = try Workbench() }

    private static let algorithms = ["ed25519", "ecdsa-p256"]

    /// Writes the bundle of the demo image.
    private func demo(_ more: String...) throws -> ProgramRunner.Outcome {
        try bench.run(
            "audit", try bench.demo(), "--as-of", Workbench.asOf, "--bundle", "b.tar", more: more)
    }

    /// Unpacks it with `tar`, and gives the folder.
    private func unpacked() throws -> String {
        try bench.scratch.write("", to: "unpacked/bundle/.keep")
        let folder = bench.scratch.file("unpacked/bundle")
        try FileManager.default.removeItem(atPath: folder + "/.keep")
        _ = try ProgramRunner.output(of: "tar", ["xf", bench.scratch.file("b.tar")], in: folder)
        return folder
    }

    @Test(
        "a bundle that was signed is verified by its key, and by the steps in its README alone",
        arguments: algorithms)
    func signed(algorithm: String) throws {
        #expect(try bench.run("keygen", "-o", "k", "--algorithm", algorithm).status == 0)
        let audit = try demo("--sign-key", "k.key")
        #expect(audit.status == 1, "\(audit.errorText)")
        #expect(audit.outputText.contains("bundle: b.tar, signed with the key "))
        let verified = try bench.run("verify", "b.tar", "--key", "k.pub")
        #expect(verified.status == 0, "\(verified.errorText)")
        #expect(verified.outputText.hasPrefix("VERIFIED  b.tar\n"))
        #expect(verified.outputText.contains("FAIL"), "the verdict is told")
        let unchecked = try bench.run("verify", "b.tar")
        #expect(unchecked.status == 0)
        #expect(unchecked.outputText.contains("nobody's was checked"))
        let folder = try unpacked()
        #expect(try steps(in: folder, key: bench.scratch.file("k.pub")) == 0)
        #expect(try bench.run("keygen", "-o", "other", "--algorithm", algorithm).status == 0)
        #expect(try steps(in: folder, key: bench.scratch.file("other.pub")) != 0)
        #expect(try bench.run("verify", "b.tar", "--key", "other.pub").status == 3)
        for name in ["images/1/evidence.json", "images/1/statement.json", "SHA256SUMS", "README.md"] {
            let content = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
            try (content + Data("\n".utf8)).write(to: URL(filePath: "\(folder)/\(name)"))
            #expect(try steps(in: folder, key: bench.scratch.file("k.pub")) != 0, "\(name)")
            try content.write(to: URL(filePath: "\(folder)/\(name)"))
        }
        for name in [
            "images/1/statement.html", "images/1/more/statement.json", "more", "images/1/SHA256SUMS",
        ] {
            let path = "\(folder)/\(name)"
            try FileManager.default.createDirectory(
                atPath: folder + "/images/1/more", withIntermediateDirectories: true)
            name == "more"
                ? try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "README.md")
                : try Data("{}".utf8).write(to: URL(filePath: path))
            #expect(try steps(in: folder, key: bench.scratch.file("k.pub")) != 0, "\(name)")
            try FileManager.default.removeItem(atPath: path)
        }
        #expect(try steps(in: folder, key: bench.scratch.file("k.pub")) == 0)
    }

    @Test("what a bundle says of itself is valid against the published schema, signed or not")
    func schema() throws {
        guard let python = ProgramRunner(tool: "python3"),
            try python.run(["-c", "import jsonschema"]).status == 0
        else {
            try Test.cancel("needs python3 with jsonschema")
        }
        let schema = RepositoryRoot.path + "/Templates/schemas/bundle-1.schema.json"
        let check =
            "import json,sys,jsonschema; jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))"
            + ".validate(json.load(open(sys.argv[2])))"
        #expect(try bench.run("keygen", "-o", "k").status == 0)
        for signing in [[], ["--sign-key", "k.key"]] {
            let image = try bench.write(Workbench.cleanImage())
            _ = try bench.run("audit", image, "--as-of", Workbench.asOf, "--bundle", "b.tar", more: signing)
            let record = try unpacked() + "/bundle.json"
            let result = try python.run(["-c", check, schema, record])
            #expect(result.status == 0, "\(result.errorText)")
        }
    }

    /// Runs what the README has between ```sh and ```.
    private func steps(in folder: String, key: String) throws -> Int {
        let readme = try String(contentsOfFile: folder + "/README.md", encoding: .utf8)
        let blocks = readme.components(separatedBy: "```sh\n").dropFirst().map { block in
            block.components(separatedBy: "```\n")[0]
        }
        try #require(blocks.count >= 2)
        let shell = try #require(ProgramRunner(tool: "sh"))
        return try shell.run(
            ["-e", "-c", blocks.joined()], environment: ["KEY": key], workingFolder: folder
        ).status
    }

    @Test(
        "others' programs verify the envelope, and read the same numbers in the statement",
        arguments: algorithms)
    func independent(algorithm: String) throws {
        guard let python = PythonPackages.python else { try Test.cancel("needs packages of PyPI") }
        let made = try bench.run("keygen", "-o", "k", "--algorithm", algorithm)
        let id = try #require(made.outputText.firstMatch(of: /key id  ([0-9a-f]{64})/)?.output.1)
        _ = try demo("--sign-key", "k.key")
        let folder = try unpacked()
        let envelope = folder + "/images/1/statement.dsse.json"
        let program = RepositoryRoot.file("Tests/Oracles/envelope.py")
        let outcome = try python.run([program, bench.scratch.file("k.pub"), String(id), envelope])
        try #require(outcome.status == 0, "\(outcome.errorText.suffix(2000))")
        let assessment = try JSONDecoder().decode(
            Assessment.self, from: try Data(contentsOf: URL(filePath: folder + "/images/1/assessment.json")))
        let evidence = try JSONDecoder().decode(
            Evidence.self, from: try Data(contentsOf: URL(filePath: folder + "/images/1/evidence.json")))
        let subjects = 2 + evidence.layers.count { $0.digest != nil }
        func count(_ status: Status) -> Int { assessment.rules.count { $0.status == status } }
        #expect(outcome.outputText == "FAILED \(subjects) \(count(.pass)) \(count(.fail))\n")
        #expect(try bench.run("keygen", "-o", "other", "--algorithm", algorithm).status == 0)
        let refused = try python.run([program, bench.scratch.file("other.pub"), String(id), envelope])
        #expect(refused.status != 0)
    }

    @Test("without a key nobody signs, which the program and the README say")
    func unsigned() throws {
        #expect(try demo().outputText.contains("bundle: b.tar, not signed"))
        let outcome = try bench.run("verify", "b.tar")
        #expect(outcome.status == 0, "\(outcome.errorText)")
        #expect(outcome.outputText.contains("none: anybody can have made it"))
        let folder = try unpacked()
        #expect(try steps(in: folder, key: "") == 0)
        #expect(try String(contentsOfFile: folder + "/README.md", encoding: .utf8).contains("Nobody signed"))
        _ = try bench.run("keygen", "-o", "k")
        let refused = try bench.run("verify", "b.tar", "--key", "k.pub")
        #expect(refused.status == 3)
        #expect(refused.errorText.contains("is signed by nobody"))
    }

    @Test("no secret of the image is in the bundle, nor what another tool's results quote")
    func secrecy() throws {
        let image = try bench.demo()
        let secrets = try bench.demoSecrets()
        let quoted = secrets.filter { $0.utf8.count < 90 && $0.allSatisfy { $0.isLetter || $0.isNumber } }
        let findings = quoted.map {
            #"{"RuleID":"generic-api-key","File":"app/\#($0)","StartLine":1,"Secret":"\#($0)","Match":"k=\#($0)"}"#
        }
        try bench.scratch.write("[\(findings.joined(separator: ","))]", to: "gitleaks.json")
        let outcome = try bench.run(
            "audit", image, "--as-of", Workbench.asOf, "--bundle", "b.tar", "--results", "gitleaks.json",
            "--assume-target", "--format", "html,junit,markdown,markdown-full,sarif,csv,oscal")
        #expect(outcome.status != 3, "\(outcome.errorText)")
        let text = String(decoding: try bench.scratch.read("b.tar"), as: UTF8.self)
        #expect(text.contains("images/1/imports/1.json"))
        for (number, secret) in secrets.enumerated() {
            #expect(!text.contains(secret), "secret \(number)")
            #expect(!text.contains(Data(secret.utf8).base64EncodedString()), "secret \(number)")
        }
        #expect(try bench.run("verify", "b.tar").status == 0)
    }

    @Test(
        "several images share a bundle, each with a statement of its own; waivers are in it, under other zones too"
    )
    func several() throws {
        _ = try bench.write(Workbench.cleanImage(), to: "a")
        let demo = try bench.demo()
        let waivers = try bench.scratch.write(BundleEvidenceTests.waivers, to: "w.yaml")
        var bundles: [[UInt8]] = []
        for zone in ["UTC", "Pacific/Auckland"] {
            let outcome = try bench.run(
                "audit", "oci:a", demo, "--as-of", Workbench.asOf, "--waivers", waivers, "--bundle", "b.tar",
                "--format", "markdown", environment: ["TZ": zone])
            #expect(outcome.status == 1, "\(outcome.errorText)")
            bundles.append(try bench.scratch.read("b.tar"))
        }
        #expect(bundles[0] == bundles[1])
        let folder = try unpacked()
        #expect(try steps(in: folder, key: "") == 0)
        for name in ["images/1/statement.json", "images/2/statement.json", "sign-offs/1-w.yaml"] {
            #expect(FileManager.default.fileExists(atPath: "\(folder)/\(name)"), "\(name)")
        }
        let outcome = try bench.run("verify", "b.tar")
        #expect(outcome.status == 0, "\(outcome.errorText)")
        #expect(outcome.outputText.split(separator: "\n").suffix(2).allSatisfy { $0.hasPrefix("    ") })
    }

    @Test("stored evidence is bundled too")
    func evaluated() throws {
        _ = try bench.run("inspect", try bench.demo(), "-o", "e")
        let evidence = try #require(try bench.file(named: "evidence.json", below: "e"))
        let outcome = try bench.run(
            "evaluate", evidence, "--as-of", Workbench.asOf, "--policy", "strict", "--bundle", "out/b.tar")
        #expect(outcome.status == 1, "\(outcome.errorText)")
        #expect(try bench.run("verify", "out/b.tar").status == 0)
    }

    @Test(
        "what is no bundle is refused with a reason",
        arguments: ["", "no bundle", String(repeating: "\0", count: 20_000)])
    func noBundle(content: String) throws {
        try bench.scratch.write(content, to: "b.tar")
        let outcome = try bench.run("verify", "b.tar")
        #expect(outcome.status == 3)
        #expect(outcome.errorText.contains("b.tar: is no bundle"))
        #expect(try bench.run("verify", "absent.tar").status == 3)
        #expect(try bench.run("verify", "/dev/zero").status == 3)
    }

    @Test("a key is encrypted under a passphrase, and is not overwritten")
    func keys() throws {
        let words = ["PALIMPSEST_KEY_PASSPHRASE": "hush, my dear"]
        #expect(try bench.run("keygen", "-o", "k", environment: words).status == 0)
        let key = try bench.scratch.read("k.key")
        #expect(String(decoding: key, as: UTF8.self).contains("ENCRYPTED"))
        let attributes = try FileManager.default.attributesOfItem(atPath: bench.scratch.file("k.key"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let again = try bench.run("keygen", "-o", "k")
        #expect(again.status == 3)
        #expect(again.errorText.contains("is there already"))
        #expect(try bench.scratch.read("k.key") == key)
        let image = try bench.write(Workbench.cleanImage())
        let refused = try bench.run("audit", image, "--bundle", "b.tar", "--sign-key", "k.key")
        #expect(refused.status == 3)
        #expect(refused.errorText.contains("is encrypted"))
        #expect(!refused.outputText.contains("reports:"), "nothing is audited before the key is there")
        let wrong = try bench.run(
            "audit", image, "--bundle", "b.tar", "--sign-key", "k.key",
            environment: ["PALIMPSEST_KEY_PASSPHRASE": "hush"])
        #expect(wrong.status == 3)
        for file in ["/dev/zero", "absent.key", "/"] {
            #expect(try bench.run("audit", image, "--bundle", "b.tar", "--sign-key", file).status == 3)
        }
        let right = try bench.run(
            "audit", image, "--as-of", Workbench.asOf, "--bundle", "b.tar", "--sign-key", "k.key",
            environment: words)
        #expect(right.status == 0, "\(right.errorText)")
        #expect(try bench.run("verify", "b.tar", "--key", "k.pub").status == 0)
        #expect(try bench.run("audit", image, "--sign-key", "k.key").status == 64)
    }

    @Test("on a terminal the passphrase is asked for, twice for a new key, and never shown")
    func asked() throws {
        let python = try #require(ProgramRunner(tool: "python3"))
        let program = try ProgramRunner(product: "palimpsest").executable
        func type(_ answers: String, _ arguments: [String]) throws -> ProgramRunner.Outcome {
            let outcome = try python.run(
                [RepositoryRoot.file("Tests/Oracles/typed.py"), answers, program] + arguments,
                environment: bench.environment, workingFolder: bench.scratch.path)
            #expect(!outcome.outputText.contains("hush"))
            return outcome
        }
        #expect(try type("hush/hash", ["keygen", "-o", "k"]).status == 3)
        #expect(try bench.scratch.names() == [])
        #expect(try type("hush/hush", ["keygen", "-o", "k"]).status == 0)
        #expect(String(decoding: try bench.scratch.read("k.key"), as: UTF8.self).contains("ENCRYPTED"))
        let image = try bench.write(Workbench.cleanImage())
        let audit = [
            "audit", image, "-q", "--as-of", Workbench.asOf, "--bundle", "b.tar", "--sign-key", "k.key",
        ]
        #expect(try type("hash", audit).status == 3)
        #expect(try type("hush", audit).status == 0)
        #expect(try bench.run("verify", "b.tar", "--key", "k.pub").status == 0)
        #expect(try type("", ["keygen", "-o", "plain"]).status == 0)
        #expect(!String(decoding: try bench.scratch.read("plain.key"), as: UTF8.self).contains("ENCRYPTED"))
    }
}
