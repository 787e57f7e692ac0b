import FoundationEssentials
import ImageWriting
import TestSupport
import Testing

/// `--detectors` and `detectors check` with rules of one's own.
struct OwnRulesTests {
    private static let secret = "acme-" + String(repeating: "k7f2", count: 6)

    private static func bench(_ files: [String: String]) throws -> Workbench {
        let bench = try Workbench()
        var image = Workbench.cleanImage()
        var layer = LayerBuilder()
        layer.file("app/settings.txt", "the acme id is: \(secret)\n")
        image.layer(layer, createdBy: "COPY . /app")
        _ = try bench.write(image, to: "app")
        for (name, text) in files { try bench.scratch.write(text, to: name) }
        return bench
    }

    private static func rule(_ id: String = "acme.key", pattern: String = "acme-[a-z0-9]{24}") -> String {
        """
          - id: \(id)
            title: Acme key
            kind: credential.service
            severity: high
            confidence: high
            pattern: '\(pattern)'
            prefix: acme-
            remediation: revoke it
            reference: https://example.com/
            examples: ["acme-<hex:24>", "x acme-<hex:24>"]
            counterexamples: ["acme-<hex:3>", "acm"]

        """
    }

    private static let head = "apiVersion: palimpsest/v1\nkind: Detectors\n"

    @Test("a rule of one's own finds, one that is switched off does not, and the receipt says why")
    func addedAndDisabled() throws {
        let bench = try Self.bench([
            "own.yaml": Self.head + "rules:\n" + Self.rule(),
            "off.yaml": Self.head
                + "overrides:\n  - {id: acme.key, disabled: true, reason: not ours any more}\n",
        ])
        #expect(try bench.audit("oci:app", "--detectors", "own.yaml").status == 1)
        let outcome = try bench.audit(
            "oci:app", "--detectors", "own.yaml", "--detectors", "off.yaml", "-o", "off")
        #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
        #expect(
            outcome.errorText.contains("warning: rule acme.key: switched off (off.yaml:4): not ours any more")
        )
        for name in ["evidence.json", "report.md", "report.html"] {
            let text = String(decoding: try #require(try bench.reports("off")[name]), as: UTF8.self)
            #expect(text.contains("not ours any more"), "\(name)")
        }
    }

    @Test(
        "a rule file of gitleaks is taken, with what is not carried over on standard error and in the receipt"
    )
    func gitleaks() throws {
        let bench = try Self.bench([
            "rules.toml": """
            [[rules]]
            id = "acme"
            regex = '''acme id is: (acme-[a-z0-9]{24})'''
            keywords = ["acme"]
            tags = ["x"]
            [[rules]]
            id = "by-path"
            path = '''\\.p12$'''
            [[rules]]
            id = "back"
            regex = '''(a)\\1(?=b)'''
            """
        ])
        let outcome = try bench.audit("oci:app", "--detectors", "rules.toml")
        #expect(outcome.status == 1)
        let evidence = String(decoding: try #require(try bench.reports()["evidence.json"]), as: UTF8.self)
        #expect(evidence.contains(#""rule":"gitleaks.acme""#))
        for note in ["rule by-path is left out", #"are not kept"#, "rule gitleaks.back is left out"] {
            #expect(
                outcome.errorText.contains(note) && evidence.contains(note), "\(note): \(outcome.errorText)")
        }
        let check = try bench.run("detectors", "check", "rules.toml")
        #expect(check.status == 0 && check.errorText.contains("1 rule has no examples to try"))
    }

    @Test(
        "check ends with 3 and the place of what is wrong",
        arguments: [
            (rule(pattern: "acme-(a+)+$"), "own.yaml:4: rule acme.key: pattern backtracks without bound"),
            (
                rule() + rule(),
                "own.yaml:15:9: error: the detector \"acme.key\" stands here a second time, first at own.yaml:4"
            ),
        ])
    func mistakes(_ rules: String, _ message: String) throws {
        let bench = try Workbench()
        try bench.scratch.write(Self.head + "rules:\n" + rules, to: "own.yaml")
        let outcome = try bench.run("detectors", "check", "own.yaml")
        #expect(outcome.status == 3)
        #expect(outcome.errorText.contains(message), "\(outcome.errorText)")
    }
}
