import Model
import Testing

@testable import Detection

struct ForeignRuleTests {
    private static func rule(
        path: String? = nil, keywords: [String] = [], _ exceptions: [DetectorException] = []
    ) -> DetectorRule {
        DetectorRule(
            id: "gitleaks.test", title: "Test", kind: .serviceCredential, severity: .high,
            confidence: .medium,
            pattern: #"id: (k[0-9a-f]{12})"#, pathPattern: path, exceptions: exceptions, keywords: keywords,
            isForeign: true, remediation: "revoke it", reference: "https://example.com", examples: [],
            counterexamples: [], source: "rules.toml:1")
    }

    private static let secret = "k0123456789ab"

    private func isFound(_ rule: DetectorRule, _ text: String, path: String = "app/config.yml") throws -> Bool
    {
        try !Samples.scanner([rule]).findings(in: text, path: path).isEmpty
    }

    @Test("a pattern over paths lets only those files through, and no metadata")
    func paths() throws {
        let rule = Self.rule(path: #"(?i)\.ya?ml$"#)
        #expect(try isFound(rule, "id: \(Self.secret)\n"))
        #expect(try !isFound(rule, "id: \(Self.secret)\n", path: "app/config.json"))
        let configuration = Samples.configuration(environment: [("X", "id: \(Self.secret)")])
        #expect(try Samples.scanner([rule]).inspect(configuration).findings.isEmpty)
        #expect(try !Samples.scanner([Self.rule()]).inspect(configuration).findings.isEmpty)
    }

    @Test("a keyword must stand in the match or near it, in either case")
    func keywords() throws {
        let rule = Self.rule(keywords: ["acme"])
        #expect(try !isFound(rule, "id: \(Self.secret)\n"))
        #expect(try isFound(rule, "for ACME:\n\n id: \(Self.secret)\n"))
    }

    @Test("a keyword that an earlier window saw counts in those behind it, and not in the next file")
    func keywordsOverWindows() throws {
        let scanner = try Samples.scanner([Self.rule(keywords: ["acme"])])
        let filler = String(repeating: "nothing of interest on this line\n", count: 1_000)
        let text = "# acme settings\n\(filler.prefix(19_000))\nid: \(Self.secret)\n\(filler)"
        #expect(scanner.findings(in: text, window: 20_000).count == 1)
        #expect(scanner.findings(in: text.replacing("acme", with: "other"), window: 20_000).isEmpty)
    }

    @Test(
        "an exception holds where its paths, patterns and words say",
        arguments: [
            (DetectorException(paths: ["config"]), true), (DetectorException(paths: ["other"]), false),
            (DetectorException(patterns: ["^k0"]), true), (DetectorException(patterns: ["^id"]), false),
            (DetectorException(patterns: ["^id"], target: .match), true),
            (DetectorException(patterns: ["# sample$"], target: .line), true),
            (DetectorException(patterns: ["# sample$"], target: .match), false),
            (DetectorException(words: ["456"]), true), (DetectorException(words: ["xyz"]), false),
            (DetectorException(paths: ["config"], words: ["xyz"]), true),
            (DetectorException(paths: ["config"], words: ["xyz"], needsAll: true), false),
            (DetectorException(paths: ["config"], words: ["456"], needsAll: true), true),
            (DetectorException(), false),
        ])
    func exceptions(_ exception: DetectorException, _ holds: Bool) throws {
        let text = "first: line\n  id: \(Self.secret) # sample\nlast: line\n"
        #expect(try isFound(Self.rule([exception]), text) != holds)
    }

    @Test("its confidence says that it goes by a rule that says no more")
    func basis() throws {
        let finding = try #require(Samples.scanner([Self.rule()]).findings(in: "id: \(Self.secret)").first)
        #expect(finding.bases == [.foreignRule])
    }

    @Test(
        "each rule of ours says what its confidence rests on",
        arguments: [
            (Samples.rule(), [.prefix]), (Samples.rule(prefix: ""), [.format]),
            (Samples.rule(minimumEntropy: 2), [.prefix, .randomness]),
            (Samples.rule(isAssigned: true), [.nameAlone]),
            (Samples.rule(minimumSurprise: 1, isAssigned: true), [.name, .randomness]),
            (Samples.rule(prefix: "", paths: ["**/.env"]), [.file, .format]),
        ] as [(DetectorRule, [ConfidenceBasis])])
    func bases(_ rule: DetectorRule, _ bases: [ConfidenceBasis]) throws {
        let finding = try #require(Samples.scanner([rule]).findings(in: "x=\(Samples.token())").first)
        #expect(finding.bases == bases)
    }

    @Test("an unknown construct is told as the engine's refusal", arguments: ["tok(?=a)", "(", "a{2}{3}("])
    func refusal(_ pattern: String) {
        #expect(DetectorCheck.refusal(of: Samples.rule(pattern: pattern)) != nil)
        #expect(DetectorCheck.refusal(of: Samples.rule()) == nil)
    }
}
