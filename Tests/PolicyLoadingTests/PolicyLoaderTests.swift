import Model
import PolicyLoading
import Testing

@Suite struct PolicyLoaderTests {
    @Test("a policy over a framework loads with its controls resolved")
    func policy() throws {
        let policy = try Documents.load()
        let rule = try #require(policy.rules.first)
        #expect(policy.frameworks.map(\.id) == ["demo"])
        #expect(rule.source == "policy.yaml:6")
        #expect(rule.subject == .finding)
        #expect(rule.controls.map(\.control) == ["PR.DS-01"])
        #expect(rule.controls.map(\.framework) == ["demo"])
        let kind = try #require(FactField.named("kind", of: .finding))
        let severity = try #require(FactField.named("severity", of: .finding))
        let path = try #require(FactField.named("path", of: .finding))
        #expect(
            rule.matcher
                == .all([
                    .test(kind, .glob(Glob("credential.*"))), .test(severity, .atLeast(.text("medium"))),
                    .not(.test(path, .glob(Glob("/usr/share/**")))),
                ]))
    }

    @Test("an example may hold characters that cannot be seen, a title may not")
    func samples() throws {
        let hidden = Documents.detectors.replacing("\"exa_<lower:20>\"", with: "\"exa_<lower:20>\\r\\0\"")
        let rules = try PolicyLoader.loadDetectors([Documents.source("d.yaml", hidden)])
        #expect(rules.first?.examples.first == "exa_<lower:20>\r\0")
    }

    @Test("detectors load with every key")
    func detectors() throws {
        let rules = try PolicyLoader.loadDetectors([Documents.source("d.yaml", Documents.detectors)])
        let rule = try #require(rules.first)
        #expect(rule.id == "example.token")
        #expect(rule.publicPrefix == "exa_")
        #expect(rule.minimumEntropy == 3.5)
        #expect(rule.checksum == .luhn)
        #expect(rule.paths == [Glob("**/*.txt")])
        #expect(rule.expiresByDesign == false)
        #expect(rule.examples.count == 2)
        #expect(rule.source == "d.yaml:4")
    }
}
