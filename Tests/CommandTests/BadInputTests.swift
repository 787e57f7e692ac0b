import FoundationEssentials
import ImageWriting
import TestSupport
import Testing

/// Bad input ends with a clear error that names the place, status 3, and no report.
struct BadInputTests {
    /// The program failed, said this, and left nothing behind.
    private func expectFailure(
        _ outcome: ProgramRunner.Outcome, naming words: String..., in bench: Workbench,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(outcome.status == 3, "\(outcome.errorText)", sourceLocation: sourceLocation)
        for word in words {
            #expect(outcome.errorText.contains(word), "\(outcome.errorText)", sourceLocation: sourceLocation)
        }
        #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
        #expect(
            !FileManager.default.fileExists(atPath: bench.scratch.file("reports")),
            sourceLocation: sourceLocation)
    }

    @Test(
        "a path that does not exist",
        arguments: ["oci:/no/such/folder", "/no/such/file.tar", "oci-archive:/no/such.tar"])
    func missing(reference: String) throws {
        let bench = try Workbench()
        expectFailure(try bench.audit(reference), naming: "/no/such", in: bench)
    }

    @Test("a document larger than any is not called an interrupted download")
    func excessive() throws {
        let bench = try Workbench()
        let padding = String(repeating: " ", count: 5 << 20)
        try bench.scratch.write(#"{"imageLayoutVersion":"1.0.0"}"#, to: "image/oci-layout")
        try bench.scratch.write(#"{"manifests":[]}"# + padding, to: "image/index.json")
        let outcome = try bench.audit("oci:" + bench.scratch.file("image"))
        expectFailure(outcome, naming: "larger than", "no usual builder", in: bench)
        #expect(!outcome.errorText.contains("interrupted"))
    }

    @Test("a folder that is no image")
    func notAnImage() throws {
        let bench = try Workbench()
        try bench.scratch.write("hello", to: "folder/readme.txt")
        expectFailure(try bench.audit(bench.scratch.file("folder")), naming: "folder", in: bench)
    }

    @Test(
        "a file that is no image",
        arguments: [
            Named("nothing", []), Named("text", Array("hello".utf8)),
            Named("zeros", [UInt8](repeating: 0, count: 4096)),
        ])
    func noArchive(content: Named<[UInt8]>) throws {
        let bench = try Workbench()
        let path = try bench.scratch.write(content.value, to: "image.tar")
        expectFailure(try bench.audit(path), naming: "image.tar", in: bench)
    }

    @Test(
        "an archive cut off before its manifest",
        arguments: [ImageFormat.ociArchive, .dockerArchiveFlat, .dockerArchiveLegacy])
    func truncatedArchive(format: ImageFormat) throws {
        let bench = try Workbench()
        let whole = try Data(contentsOf: URL(filePath: try bench.demo(format, to: "demo.tar")))
        let cut = try bench.scratch.write(Array(whole.prefix(700)), to: "cut.tar")
        expectFailure(try bench.audit(cut), naming: "cut.tar", in: bench)
    }

    @Test("a platform that the index does not have is named with those it has")
    func platform() throws {
        let bench = try Workbench()
        let image = try bench.demo()
        expectFailure(
            try bench.audit(image, "--platform", "linux/s390x"), naming: "linux/s390x", "linux/amd64",
            in: bench)
    }

    @Test(
        "a password in a reference, in DOCKER_HOST or in the proxy's address is not shown",
        arguments: [
            "docker://USER@localhost:1/a", "USER@localhost:1/a", "docker-daemon:a", "docker://x.invalid/a",
        ])
    func password(reference: String) throws {
        let bench = try Workbench()
        let password = "typed-" + "word"
        let user = "me:\(password)"
        let environment = [
            "DOCKER_HOST": "tcp://\(user)@10.0.0.1:1", "https_proxy": "odd://\(user)@127.0.0.1:1",
        ]
        let outcome = try bench.audit(
            reference.replacing("USER", with: user), "--base", "docker://\(user)@localhost:1/b",
            environment: environment)
        expectFailure(outcome, naming: "error: ", in: bench)
        #expect(!outcome.errorText.contains(password), "\(outcome.errorText)")
    }

    @Test("without libcurl an image in a registry is an error that says so, and a local one is audited")
    func noLibrary() throws {
        let bench = try Workbench()
        _ = try bench.scratch.write("", to: "libraries/libcurl.so.4")
        let environment = ["LD_LIBRARY_PATH": bench.scratch.file("libraries")]
        expectFailure(
            try bench.audit("docker://localhost:1/a", environment: environment),
            naming: "libcurl cannot be set up", "libcurl.so.4", "skopeo copy", in: bench)
        let local = "oci:\(try bench.write(Workbench.cleanImage()))"
        #expect(try bench.audit(local, environment: environment).status == 0)
    }

    @Test("mistakes in the policy do not hide those in the detector rules")
    func policyAndDetectors() throws {
        let bench = try Workbench()
        let policy = try bench.scratch.write("kind: Policie\n", to: "policy.yaml")
        let detectors = try bench.scratch.write("kind: Detectorz\n", to: "detectors.yaml")
        expectFailure(
            try bench.audit("oci:anything", "--policy", policy, "--detectors", detectors),
            naming: "policy.yaml:1:7: error", "detectors.yaml:1:7: error", in: bench)
    }

    @Test("a registry that does not answer is named, and the error says what to check")
    func registry() throws {
        let bench = try Workbench()
        for name in ["docker://127.0.0.1:1/app:1", "localhost:1/app"] {
            expectFailure(try bench.audit(name), naming: name, "no connection", "https_proxy", in: bench)
        }
        expectFailure(try bench.audit("docker://App"), naming: "App", "lower case", in: bench)
    }

    @Test(
        "a mistake in the policy is shown with its line, a caret and a suggestion",
        arguments: [
            ("control: NHI22:2025", "NHI2"), ("relation: dirct", "direct"), ("severty: high", "severity"),
            ("field: knd, equals: x", "kind"),
        ])
    func brokenPolicy(mistake: String, suggestion: String) throws {
        let bench = try Workbench()
        let image = try bench.write(Workbench.cleanImage())
        let path = try bench.scratch.write(Self.policy(with: mistake), to: "policy.yaml")
        let outcome = try bench.audit(image, "--policy", path)
        expectFailure(outcome, naming: "policy.yaml:", "^", suggestion, in: bench)
        let checked = try bench.run("policy", "check", path)
        #expect(checked.status == 3)
        #expect(checked.errorText.contains("policy.yaml:"))
    }

    @Test("a key that stands twice in the policy")
    func duplicateKey() throws {
        let bench = try Workbench()
        let text = Self.policy(with: "title: again")
        let path = try bench.scratch.write(text, to: "policy.yaml")
        expectFailure(
            try bench.audit(try bench.write(Workbench.cleanImage()), "--policy", path),
            naming: "policy.yaml:", "title",
            in: bench)
    }

    @Test("a detector pattern that does not compile names its rule and place")
    func brokenPattern() throws {
        let bench = try Workbench()
        let path = try bench.scratch.write(
            """
            apiVersion: palimpsest/v1
            kind: Detectors
            rules:
              - id: test.broken
                title: Broken
                kind: credential.service
                severity: high
                confidence: high
                pattern: 'key-([a-z'
                remediation: None.
                reference: https://example.com/
                examples: [key-a, key-b]
                counterexamples: [nothing, none]
            """, to: "rules.yaml")
        let image = try bench.write(Workbench.cleanImage())
        expectFailure(
            try bench.audit(image, "--detectors", path), naming: "test.broken", "rules.yaml:", in: bench)
        #expect(try bench.run("detectors", "check", path).status == 3)
    }

    @Test("an output folder that is a file")
    func unwritableOutput() throws {
        let bench = try Workbench()
        let image = try bench.write(Workbench.cleanImage())
        let file = try bench.scratch.write("in the way", to: "occupied")
        let outcome = try bench.audit(image, "--output", file)
        expectFailure(outcome, naming: "occupied", in: bench)
        #expect(try bench.scratch.read("occupied") == Array("in the way".utf8))
    }

    @Test("evidence that is cut off, of another schema, or no evidence")
    func brokenEvidence() throws {
        let bench = try Workbench()
        _ = try bench.audit(try bench.write(Workbench.cleanImage()), "--output", "good")
        let evidence = try #require(try bench.reports("good")["evidence.json"])
        let other = String(decoding: evidence, as: UTF8.self).replacing(
            "palimpsest.evidence/1", with: "palimpsest.evidence/9")
        for (name, bytes) in [
            ("cut.json", Array(evidence.dropLast(20))), ("other.json", Array(other.utf8)), ("empty.json", []),
            ("list.json", Array("[]".utf8)),
        ] {
            let path = try bench.scratch.write(bytes, to: name)
            expectFailure(try bench.run("evaluate", path, "--as-of", Workbench.asOf), naming: name, in: bench)
        }
    }

    @Test("a fingerprint key that is none")
    func key() throws {
        let bench = try Workbench()
        let image = try bench.write(Workbench.cleanImage())
        let outcome = try bench.audit(image, environment: ["PALIMPSEST_FINGERPRINT_KEY": "short"])
        expectFailure(outcome, naming: "PALIMPSEST_FINGERPRINT_KEY", in: bench)
        #expect(!outcome.errorText.contains("short"))
    }

    @Test("what a rule file of another tool would have a terminal do is not done")
    func escapes() throws {
        let bench = try Workbench()
        let rule =
            #"[[rules]]\nid = "a"\ndescription = "\u001b]0;pwned\u0007\u202e"\nregex = "token-[a-z0-9]{16}""#
        try bench.scratch.write(rule.replacing("\\n", with: "\n") + "\n", to: "rules.toml")
        let outcome = try bench.run("detectors", "list", "rules.toml")
        #expect(outcome.status == 0 && outcome.outputText.contains("pwned"), "\(outcome.errorText)")
        #expect(
            outcome.outputText.unicodeScalars.allSatisfy {
                ["\n", "\t"].contains($0) || $0.value >= 32 && $0 != "\u{202e}"
            })
    }

    @Test("evidence on standard input that never ends is given up", .enabled(if: ProgramRunner.has("sh")))
    func endlessInput() throws {
        let bench = try Workbench()
        let shell = try #require(ProgramRunner(tool: "sh"))
        let program = try ProgramRunner(product: "palimpsest").executable
        let outcome = try shell.run(
            ["-c", #""$0" evaluate - < /dev/zero"#, program], workingFolder: bench.scratch.path)
        expectFailure(outcome, naming: "standard input", "too large", in: bench)
    }

    /// A policy of one rule with one line replaced or added.
    private static func policy(with mistake: String) -> String {
        let key = mistake.prefix { $0 != ":" }
        func line(_ text: String, for keys: String...) -> String {
            keys.contains(String(key)) ? mistake : text
        }
        return """
            apiVersion: palimpsest/v1
            kind: Policy
            id: trial
            title: Trial
            rules:
              - id: trial.rule
                title: Nothing leaks
                \(key == "title" ? mistake : "rationale: Because.")
                requires: [secrets]
                each: finding
                match: {\(line("field: kind, glob: credential.*", for: "field"))}
                effect: fail
                \(line("severity: high", for: "severty"))
                remediation: Rotate it.
                controls:
                  - \(line("control: NHI2:2025", for: "control"))
                    \(line("relation: direct", for: "relation"))
                    rationale: It leaks.
            """
    }
}
