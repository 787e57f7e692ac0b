import Model
import Synchronization
import Testing
import TestSupport

@testable import ResultImporting

/// Whatever cannot be understood is told.
@Suite("What is not understood")
struct LostRecordTests {
    private static let large = String(repeating: "x", count: 5 << 20)

    @Test("every place of a result is told, each with the secret that stands there")
    func places() throws {
        func place(_ path: String, _ text: String) -> String {
            #"{"physicalLocation": {"artifactLocation": {"uri": "\#(path)"}, "region": {"startLine": 3, "snippet": {"text": "\#(text)"}}}}"#
        }
        let places = [place("a.env", "first-secret-value"), place("b.env", "other-secret-value")]
        let results = try Imports.read(
            #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "gitleaks"}}, "results": [{"ruleId": "key", "message": {"text": "x"}, "locations": [\#(places.joined(separator: ","))]}]}]}"#,
            as: "sarif")
        #expect(results.findings.map(\.place.kind) == [.file("a.env"), .file("b.env")])
        #expect(Set(results.findings.map(\.fingerprints)).count == 2)
    }

    @Test(
        "a value that is too large, of another type, or with a key twice is a fault",
        arguments: [
            ("sarif", #""runs": [{"tool": {"driver": {"name": "x"}}, "results": [], "invocations": VALUE}]"#),
            ("sarif", #""runs": [{"tool": {"driver": {"name": "x"}}, "results": [], "properties": VALUE}]"#),
            ("checkov", #""check_type": "a", "results": {"failed_checks": [], "parsing_errors": VALUE}"#),
            ("checkov", #""check_type": "a", "results": {"failed_checks": []}, "summary": VALUE"#),
            ("checkov", #""check_type": VALUE, "results": {"failed_checks": []}"#),
            ("trivy", #""SchemaVersion": 2, "Metadata": VALUE, "Results": [{"Class": "os-pkgs"}]"#),
            ("grype", #""matches": [], "source": VALUE"#),
            (
                "findings",
                #""schema": "palimpsest.findings/1", "outcome": "completed", "findings": [], "provides": VALUE"#
            ),
            (
                "findings",
                #""schema": "palimpsest.findings/1", "outcome": "completed", "findings": [], "image": VALUE"#
            ),
        ])
    func values(format: String, template: String) throws {
        let values = [
            "7", #"[{"a": "\#(Self.large)"}]"#, #"{"a": "\#(Self.large)"}"#, #"[{"a": 1, "a": 2}]"#,
            #"{"a": 1, "a": 2}"#,
        ]
        for value in values {
            let text = template.split(separator: "VALUE", omittingEmptySubsequences: false)
                .joined(separator: value)
            let results = try Imports.read(#"{"version": "2.1.0", \#(text)}"#, as: format)
            #expect(results.faults.count == 1, "\(value.prefix(20))")
        }
    }

    @Test(
        "a key of a document's own that stands twice leaves nothing to go by",
        arguments: [
            (
                "findings",
                #"{"schema": "palimpsest.findings/1", "outcome": "failed", "outcome": "completed", "findings": []}"#
            ),
            ("trivy", #"{"SchemaVersion": 2, "Results": [{"Class": "secret", "Class": "os-pkgs"}]}"#),
            (
                "sarif",
                #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "a"}}, "results": [], "results": []}]}"#
            ),
        ])
    func twice(format: String, text: String) throws {
        #expect(try Imports.read(text, as: format).failure?.code == .malformed)
    }

    @Test("a record that is laid out over lines and has no end was cut off")
    func pending() throws {
        let record = """
            {
              "SourceMetadata": {"Data": {"Filesystem": {"file": "f"}}},
              "DetectorName": "AWS"

            """
        let results = try Imports.read(record, as: "trufflehog")
        #expect(results.failure?.code == .truncated)
        #expect(results.failure?.place == "line 1")
    }

    @Test("a secret of which the place is not told is a finding all the same")
    func placeless() throws {
        let match = #"{"location": {}, "groups": ["\#(ToolFixture.base64(ToolFixture.secret))"]}"#
        let noseyParker = try Imports.read(
            #"{"rule_name": "A", "matches": [\#(match), \#(match)]}"# + "\n", as: "noseyparker")
        #expect(noseyParker.isWhole)
        #expect(noseyParker.findings.map(\.place.kind) == [.image, .image])
        let without = try Imports.read(#"{"rule_name": "A", "matches": []}"# + "\n", as: "noseyparker")
        #expect(without.faults.count == 1)
        let ggshield = try Imports.read(
            #"{"entities_with_incidents": [{"filename": "f", "incidents": [{"type": "A", "occurrences": []}]}]}"#,
            as: "ggshield")
        #expect(ggshield.findings.map(\.place.kind) == [.file("f")])
    }

    @Test("a secret in several places is fingerprinted once, and known by that in each")
    func provenance() throws {
        let places = (0..<300).map { #"{"kind": "file", "path": "f\#($0)"}"# }.joined(separator: ",")
        let counter = Counter()
        var rest = Array(
            #"{"rule_name": "A", "matches": [{"provenance": [\#(places)], "groups": ["\#(ToolFixture.secret)"]}]}"#
                .utf8)
        let results = try ResultReader.read(
            format: "noseyparker", mapping: Imports.mapping,
            from: { () throws(ImportError) in
                defer { rest = [] }
                return rest
            },
            fingerprint: { _ in
                counter.increment()
                return Imports.fingerprint("x")
            })
        #expect(results.findings.count == 300)
        #expect(results.findings.allSatisfy { $0.fingerprints == [Imports.fingerprint("x")] })
        #expect(counter.value == 1)
    }

    @Test("a rule that is not kept is told: what it says of its results may be the worst")
    func rules() throws {
        let title = String(repeating: "x", count: 3 << 20)
        let rules = (0..<4).map { #"{"id": "r\#($0)", "shortDescription": {"text": "\#(title)"}}"# }
        let results = try Imports.read(
            #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x", "rules": [\#(rules.joined(separator: ","))]}}, "results": []}]}"#
        )
        #expect(results.faults.map(\.reason) == [.detectorLimit])
    }

    @Test("an element of XML that is larger than any ends the reading")
    func elements() throws {
        let fact =
            "<fact>" + String(repeating: "<a>" + String(repeating: "x", count: 1_000) + "</a>", count: 5_000)
        let results = try Imports.read(
            #"<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2"><TestResult>"# + fact
                + "</fact></TestResult></Benchmark>")
        #expect(results.failure?.code == .limit)
    }

    @Test("names of XML are told from each other within bounds")
    func names() throws {
        for names in [(0..<30_000).map { "n\($0)" }, [String(repeating: "n", count: 2_000)]] {
            let results = try Imports.read(
                #"<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2"><TestResult>"#
                    + names.map { "<\($0)/>" }.joined() + "</TestResult></Benchmark>")
            #expect(results.failure?.code == .limit)
        }
    }

    @Test(
        "a rating by a word that nobody knows is a fault, and one that says that there is none is not",
        arguments: [
            (#""CRITICAL""#, Severity.critical, true), (#"" critical ""#, .critical, true),
            (#""UNKNOWN""#, nil, true), ("null", nil, true), (#""""#, nil, true),
            (#""critical!""#, nil, false), ("4", nil, false), (#"["HIGH"]"#, nil, false),
            ("true", nil, false),
        ] as [(String, Severity?, Bool)])
    func severities(word: String, severity: Severity?, isUnderstood: Bool) throws {
        let trivy = try Imports.read(
            #"{"SchemaVersion": 2, "Results": [{"Target": "x", "Class": "secret", "Secrets": ["#
                + #"{"RuleID": "a", "Title": "a", "Severity": \#(word)}]}]}"#,
            as: "trivy")
        #expect(trivy.findings.map(\.rating) == [severity])
        #expect(trivy.faults.isEmpty == isUnderstood)
        let sarif = try Imports.read(
            #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [{"ruleId": "a", "message": {"text": "a"}, "level": \#(word)}]}]}"#,
            as: "sarif")
        #expect(sarif.faults.isEmpty == isUnderstood)
        #expect(!sarif.dump.contains("critical!") || sarif.findings[0].severity == "critical!")
    }

    @Test("how a file begins is remembered within bounds, however long its keys are")
    func sketch() {
        let key = String(repeating: "k", count: 50_000)
        let inner = (0..<2_000).map { #""a\#($0)": 1"# }.joined(separator: ",")
        let sketch = ContentSketch(Array(#"{"\#(key)": {\#(inner)}, "b": {"c": 1}}"#.utf8))
        #expect(sketch.paths == ["b", "b.c"])
    }

    @Test("what a tool says of itself is kept within bounds")
    func notes() throws {
        let details = (0..<5_000).map { #"{"code": "C\#($0)", "level": "SKIP"}"# }.joined(separator: ",")
        let dockle = try Imports.read(#"{"summary": {"fatal": 0}, "details": [\#(details)]}"#)
        #expect(dockle.skipped.count == 51)
        let digests = (0..<5_000).map { "sha256:" + String($0 + (1 << 60), radix: 16) }
        let facts = digests.map { "<fact>\($0)\(String(repeating: "0", count: 48))</fact>" }.joined()
        let xccdf = try Imports.read(
            #"<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2"><TestResult>"# + facts
                + "</TestResult></Benchmark>")
        #expect(xccdf.target.images.count == 200)
    }
}

/// Counts what closures do that are called from anywhere.
private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func increment() { count.withLock { $0 += 1 } }
}
