import Cryptography
import Detection
import Model
import Testing

@Suite struct DetectorCheckTests {
    private static let dash = "-----"

    @Test("rules that keep their word have no problems")
    func fine() throws {
        let rules = [
            Samples.rule(
                examples: ["KEY=tok_<alnum:20>"], counterexamples: ["tok_<alnum:19>", "<your token>"]),
            Samples.rule(
                id: "test.checksum", pattern: #"\bghx_[A-Za-z0-9]{36}\b"#, checksum: .githubCRC32,
                examples: ["ghx_<alnum:30><crc32>"], counterexamples: ["ghx_<alnum:36>"]),
            Samples.rule(
                id: "test.jwt", pattern: #"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}"#,
                checksum: .jsonWebToken,
                examples: ["<jwt>"], counterexamples: ["eyJ<alnum:20>.eyJ<alnum:30>.<alnum:43>"]),
            Samples.rule(
                id: "test.luhn", pattern: #"\b\d{16}\b"#, checksum: .luhn, examples: ["4539148803436467"],
                counterexamples: ["4539148803436468"]),
            Samples.rule(
                id: "test.path", pattern: "token=(<?.+)", paths: ["**/.tokenrc"], examples: ["token=<hex:8>"],
                counterexamples: ["nothing"]),
            Samples.rule(
                id: "test.field", pattern: "(?<==).{4,}", fields: ["Env/*TOKEN*"], examples: ["TOKEN=<uuid>"],
                counterexamples: ["TOKEN="]),
        ]
        #expect(try DetectorCheck.problems(with: rules) == [])
    }

    @Test("each way to break its word is a problem at the rule's place")
    func problems() throws {
        let rules = [
            Samples.rule(id: "a", examples: ["nothing"]),
            Samples.rule(id: "b", counterexamples: ["tok_<alnum:20>"]),
            Samples.rule(id: "c", pattern: "("), Samples.rule(id: "d", pattern: "tok_(?=a)"),
            Samples.rule(id: "a"),
        ]
        let problems = try DetectorCheck.problems(with: rules)
        #expect(problems.map(\.rule) == ["a", "c", "d", "a", "b"])
        #expect(problems.allSatisfy { $0.source == "test.yaml:1" })
        #expect(problems[3].message == "example 1 is not found: nothing")
        #expect(problems[4].message == "counterexample 1 is found: tok_<alnum:20>")
    }

    @Test("a prefilter that does not stand in a match, or is none, is a problem")
    func prefilters() throws {
        let rules = [
            Samples.rule(id: "a", prefilter: "tok_[a-zA-Z0-9]", examples: ["tok_<alnum:20>"]),
            Samples.rule(id: "b", prefilter: "other", examples: ["tok_<alnum:20>"]),
            Samples.rule(id: "c", prefilter: "(", examples: ["tok_<alnum:20>"]),
        ]
        let problems = try DetectorCheck.problems(with: rules)
        #expect(problems.map(\.rule) == ["c", "b"])
        #expect(problems.last?.message == "example 1 is not found: tok_<alnum:20>")
    }

    @Test("placeholders give the same text for the same seed, and nothing else is touched")
    func deterministic() {
        let template = "<alnum:8> <hex:4> <uuid> <jwt> <other> <alnum:x> a<b"
        let text = ExampleText.expand(template, seed: "s")
        #expect(text == ExampleText.expand(template, seed: "s"))
        #expect(text != ExampleText.expand(template, seed: "t"))
        #expect(text.hasSuffix("<other> <alnum:x> a<b"))
    }

    @Test(
        "every kind of private key is one by its structure",
        arguments: [
            ("pkcs8", "Ed25519", false), ("pkcs8-encrypted", nil, true), ("rsa", "RSA", false),
            ("rsa-encrypted", "RSA", true), ("ec", "EC", false), ("dsa", "DSA", false),
            ("openssh", "Ed25519", false), ("openssh-encrypted", "Ed25519", true),
        ] as [(String, String?, Bool)])
    func keys(kind: String, algorithm: String?, encrypted: Bool) throws {
        let text = ExampleText.expand("<privatekey:\(kind)>", seed: kind)
        let rule = Samples.rule(
            kind: .privateKey,
            pattern:
                #"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[A-Za-z0-9+/=:,\s-]{40,}-----END [A-Z ]{0,20}KEY-----"#,
            prefix: "")
        let sightings = try Samples.scanner([rule]).sightings(in: Array("x\n\(text)".utf8))
        let finding = try #require(sightings.findings.first)
        #expect(finding.kind == (encrypted ? .encryptedKey : .privateKey))
        #expect(finding.attributes["algorithm"] == algorithm.map(AttributeValue.text))
        #expect(finding.attributes["encrypted"] == .flag(encrypted))
        #expect(sightings.items.map(\.type) == [.key])
    }

    @Test("kinds of key that libcrypto does not know are there too", arguments: ["pgp", "putty"])
    func otherKeys(kind: String) {
        let text = ExampleText.expand("<privatekey:\(kind)>", seed: kind)
        #expect(text.hasPrefix(kind == "pgp" ? "\(Self.dash)BEGIN PGP PRIVATE KEY" : "PuTTY-User-Key-File"))
        #expect(ExampleText.expand("<privatekey:none>", seed: "") == "<privatekey:none>")
    }
}
