import Detection
import Model
import Testing

@Suite struct SecretScannerTests {
    @Test("a token is found with line, column, offset and length")
    func place() throws {
        let token = Samples.token()
        let findings = try Samples.scanner().findings(in: "first\nsecond\nKEY=\(token)\n")
        #expect(findings.count == 1)
        let finding = try #require(findings.first)
        #expect(finding.rule == "test.token")
        #expect(finding.place.line == 3)
        #expect(finding.place.column == 5)
        #expect(finding.place.offset == 17)
        #expect(finding.place.length == 24)
        #expect(finding.preview?.text == "tok_… (24 characters)")
        #expect(finding.fingerprint == Samples.key.fingerprint(of: Array(token.utf8).span))
    }

    @Test(
        "the secret is the group named secret, else group 1, else the whole match",
        arguments: [
            (#"(key)=(?<secret>[a-z]{8})"#, "abcdefgh"), (#"key=([a-z]{8})"#, "abcdefgh"),
            (#"key=[a-z]{8}"#, "key=abcdefgh"),
        ])
    func capture(pattern: String, secret: String) throws {
        let findings = try Samples.scanner([Samples.rule(pattern: pattern, prefix: "")])
            .findings(in: "x key=abcdefgh y")
        #expect(findings.map(\.fingerprint) == [Samples.key.fingerprint(of: Array(secret.utf8).span)])
    }

    @Test(
        "a prefilter only proposes, wherever in the match it stands; the pattern decides",
        arguments: ["tok_[a-z]", "_[a-z]{4}", "[a-z]{8}-end"])
    func prefilter(text: String) throws {
        let rule = Samples.rule(pattern: "tok_([a-z]{8})-end", prefilter: text, prefix: "")
        let filler = String(repeating: ".", count: 60)
        let findings = try Samples.scanner([rule]).findings(
            in: "tok_abcdefgh \(filler) tok_abcdefgh-end \(filler) _ijklmnop-end tok_ijklmnop-end")
        #expect(findings.map(\.place.offset) == [78, 170])
        #expect(findings.map(\.place.length) == [8, 8])
    }

    @Test("an open-ended pattern finds one secret, the longest")
    func openEnd() throws {
        let rule = Samples.rule(pattern: #"tok_[a-z]{8,}"#)
        let findings = try Samples.scanner([rule]).findings(
            in: "a tok_" + String(repeating: "x", count: 900) + " b tok_abcdefghij")
        #expect(findings.map(\.place.length) == [904, 14])
    }

    @Test("two tokens on one line are two findings")
    func two() throws {
        let findings = try Samples.scanner().findings(in: "\(Samples.token(1)) \(Samples.token(2))")
        #expect(findings.map(\.place.column) == [1, 26])
    }

    @Test("a secret with too little entropy is none")
    func entropy() throws {
        let scanner = try Samples.scanner([Samples.rule(minimumEntropy: 3)])
        #expect(scanner.findings(in: "tok_aaaaaaaaaaaaaaaaaaaa").isEmpty)
        #expect(scanner.findings(in: Samples.token()).count == 1)
    }

    @Test("a secret that an allow pattern fits is none")
    func allow() throws {
        let scanner = try Samples.scanner([Samples.rule(allow: ["(?i)EXAMPLE$"])])
        #expect(scanner.findings(in: "tok_abcdefghijklmexample").isEmpty)
        #expect(scanner.findings(in: "tok_abcdefghijklmexamplX").count == 1)
    }

    @Test("of two rules for one secret the surer one reports it")
    func best() throws {
        let generic = Samples.rule(
            id: "generic.assignment", kind: .genericCredential, confidence: .low,
            pattern: #"KEY=([^\s]{8,100})"#, prefix: "")
        let findings = try Samples.scanner([generic, Samples.rule()]).findings(
            in: "KEY=\(Samples.token())\nKEY=something-else")
        #expect(findings.map(\.rule) == ["test.token", "generic.assignment"])
    }

    @Test("a rule for paths looks into those files only, also inside archives")
    func paths() throws {
        let rule = Samples.rule(pattern: #"(?<=token = )[a-z]{8}(?!z)"#, prefix: "", paths: ["**/.tokenrc"])
        let scanner = try Samples.scanner([rule])
        #expect(scanner.findings(in: "token = abcdefgh", path: "root/.tokenrc").count == 1)
        #expect(scanner.findings(in: "token = abcdefgh", path: ".tokenrc").count == 1)
        #expect(scanner.findings(in: "token = abcdefgh", path: "root/tokenrc").isEmpty)
        let nested = scanner.sightings(
            in: Array("token = abcdefgh".utf8), path: "a.tar", within: ["home/.tokenrc"])
        #expect(nested.map(\.place.within) == [["home/.tokenrc"]])
    }

    @Test("a kind that is no secret has neither fingerprint nor preview")
    func noSecret() throws {
        let rule = Samples.rule(kind: .tlsVerificationDisabled, pattern: "verify=false", prefix: "")
        let finding = try #require(try Samples.scanner([rule]).findings(in: "verify=false").first)
        #expect(finding.fingerprint == nil)
        #expect(finding.preview == nil)
        #expect(finding.place.line == 1)
    }

    @Test("a pattern that backtracks without bound makes the file fall short instead of hanging")
    func exhausted() throws {
        let rule = Samples.rule(pattern: #"(?:a|aa)+[bc]"#, prefix: "", paths: ["**/x"])
        let scanner = try Samples.scanner([rule])
        _ = scanner.findings(in: String(repeating: "a", count: 4000) + "!", path: "x")
        #expect(scanner.shortfall?.contains("test.token") == true)
        _ = scanner.findings(in: "plain", path: "y")
        #expect(scanner.shortfall == nil)
    }

    @Test("where it cannot be told whether a rule is for the file, the finding stays")
    func pathExhausted() throws {
        let rule = DetectorRule(
            id: "test.path", title: "Token", kind: .serviceCredential, severity: .high, confidence: .high,
            pattern: #"\btok_[a-zA-Z0-9]{20}\b"#, publicPrefix: "tok_",
            pathPattern: #"(?:a|aa)+[bc]$"#, remediation: "revoke it",
            reference: "https://example.com", examples: [], counterexamples: [], source: "test.yaml:1")
        let scanner = try Samples.scanner([rule])
        let path = String(repeating: "a", count: 4000) + "!"
        #expect(scanner.findings(in: "KEY=\(Samples.token())", path: path).count == 1)
        #expect(scanner.shortfall?.contains("the path of rule test.path") == true)
        #expect(scanner.findings(in: "KEY=\(Samples.token())", path: "x").isEmpty)
    }

    @Test("an exception for the line looks at what is near, however long the line is")
    func longLine() throws {
        let exception = DetectorException(patterns: ["example"], target: .line)
        let rule = DetectorRule(
            id: "test.line", title: "Token", kind: .serviceCredential, severity: .high, confidence: .high,
            pattern: #"\btok_[a-zA-Z0-9]{20}\b"#, publicPrefix: "tok_", exceptions: [exception],
            remediation: "revoke it", reference: "https://example.com", examples: [],
            counterexamples: [], source: "test.yaml:1")
        let scanner = try Samples.scanner([rule])
        for (distance, count) in [(100, 0), (5000, 1)] {
            let text = "example" + String(repeating: " ", count: distance) + Samples.token()
            #expect(scanner.findings(in: text).count == count)
        }
    }

    @Test("no way of printing a sighting or a scanner's parts shows the secret")
    func printing() throws {
        let token = Samples.token()
        let set = try DetectorSet.compile([Samples.rule()], key: Samples.key)
        let sightings = try set.makeScanner().sightings(in: Array("KEY=\(token)".utf8))
        #expect(sightings.count == 1)
        var dumped = ""
        dump(sightings, to: &dumped)
        dump(Samples.key, to: &dumped)
        let body = String(token.dropFirst(4))
        for text in [
            dumped, String(reflecting: sightings), "\(sightings)", String(reflecting: set), "\(set)",
            String(reflecting: Samples.key),
        ] {
            #expect(!text.contains(body))
            #expect(!text.contains(body.prefix(6)))
        }
        #expect(!dumped.contains("7, 7, 7"))
    }
}
