import Model
import Testing
import TestSupport

@testable import ResultImporting

@Suite("What other tools write")
struct ImporterTests {
    @Test("every shape is recognised by its content and understood whole", arguments: ToolFixture.all)
    func shapes(_ fixture: ToolFixture) throws {
        let results = try Imports.read(fixture.bytes())
        #expect(results.format == fixture.format)
        #expect(results.failure == nil)
        #expect(results.faults.isEmpty)
        #expect(results.troubles.isEmpty == fixture.isWhole, "\(results.troubles)")
        #expect(results.findings.count == fixture.findings)
        #expect(results.findings.count { $0.suppressed != nil } == fixture.suppressed)
        #expect(Set(results.provides.map(\.rawValue)) == fixture.provides)
        #expect(results.target.isNamed == fixture.isNamed)
    }

    @Test("in pieces of one byte each is what it is whole", arguments: ToolFixture.all)
    func pieces(_ fixture: ToolFixture) throws {
        let whole = try Imports.read(fixture.bytes())
        let pieces = try Imports.read(fixture.bytes(), piece: 1)
        #expect(pieces.findings == whole.findings)
        #expect(pieces.target == whole.target)
        #expect(pieces.items == whole.items)
    }

    @Test(
        "a secret that a tool gives away leaves its fingerprint",
        arguments: ToolFixture.all.filter(\.givesSecret))
    func fingerprints(_ fixture: ToolFixture) throws {
        let results = try Imports.read(fixture.bytes())
        let wanted = Imports.fingerprint(ToolFixture.secret)
        #expect(results.findings.contains { $0.fingerprints.contains(wanted) })
    }

    @Test("and nothing else of it, nor anything of fields that are never read", arguments: ToolFixture.all)
    func secrecy(_ fixture: ToolFixture) throws {
        let text = try Imports.read(fixture.bytes()).dump
        for secret in [ToolFixture.secret, ToolFixture.noise, ToolFixture.base64(ToolFixture.secret)] {
            #expect(!text.contains(secret))
        }
    }

    @Test("a scanner for secrets that does not rate them in SARIF is not taken to rate them as SARIF does")
    func unrated() throws {
        func severities(_ tool: String, _ more: String = "") throws -> [String?] {
            try Imports.read(
                #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "\#(tool)"}}, "results": [{"ruleId": "r"\#(more)}]}]}"#
            ).findings.map(\.severity)
        }
        #expect(try severities("gitleaks") == [nil])
        #expect(try severities("gitleaks", #", "level": "note""#) == ["note"])
        #expect(try severities("hadolint") == ["warning"])
    }

    @Test("a score is one, whether it is written as text or as a number", arguments: [#""9.8""#, "9.8"])
    func score(written: String) throws {
        let rule = #"{"id": "r", "properties": {"security-severity": \#(written)}}"#
        let results = try Imports.read(
            #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x", "rules": [\#(rule)]}}, "results": [{"ruleId": "r"}]}]}"#
        )
        #expect(results.findings.map(\.severity) == ["score 9.8"])
    }

    private func sarif(_ result: String, rules: String = "", run: String = "") throws -> ImportedResults {
        let driver = #"{"name": "x", "rules": [\#(rules)]}"#
        return try Imports.read(
            #"{"version": "2.1.0", "runs": [{"tool": {"driver": \#(driver)}, \#(run) "results": [{\#(result)}]}]}"#
        )
    }

    @Test(
        "a result of SARIF has the rule that its id begins with, by number and without",
        arguments: [
            (#""ruleId": "CVE-1/sub", "ruleIndex": 0"#, "score 9.8"),
            (#""ruleId": "CVE-1/a/b""#, "score 9.8"),
            (#""ruleId": "CVE-12""#, "warning"), (#""ruleId": "CVE-12", "ruleIndex": 0"#, "warning"),
            (#""rule": {"id": "CVE-1/sub", "index": 0}"#, "score 9.8"), (#""ruleIndex": 7"#, "warning"),
        ])
    func hierarchical(result: String, severity: String) throws {
        let results = try sarif(
            result, rules: #"{"id": "CVE-1", "properties": {"security-severity": "9.8"}}"#)
        #expect(results.isWhole)
        #expect(results.findings.map(\.severity) == [severity])
        if severity != "warning" { #expect(results.findings.map(\.rule) == ["CVE-1"]) }
    }

    @Test(
        "what a call of a tool made of a rule's level counts for its results",
        arguments: [
            (#""ruleId": "r", "provenance": {"invocationIndex": 0}"#, "error"),
            (#""ruleId": "r/sub", "provenance": {"invocationIndex": 0}"#, "error"),
            (#""ruleId": "r", "provenance": {"invocationIndex": 1}"#, "note"),
            (#""ruleId": "r", "provenance": {"invocationIndex": 9}"#, "note"), (#""ruleId": "r""#, "note"),
            (#""ruleId": "r", "level": "warning", "provenance": {"invocationIndex": 0}"#, "warning"),
            (#""ruleId": "other", "provenance": {"invocationIndex": 0}"#, "warning"),
        ])
    func overrides(result: String, severity: String) throws {
        let change = #"{"descriptor": {"index": 0}, "configuration": {"level": "error"}}"#
        let off = #"{"descriptor": {"id": "other"}, "configuration": {"enabled": false}}"#
        let results = try sarif(
            result, rules: #"{"id": "r", "defaultConfiguration": {"level": "note"}}"#,
            run: #""invocations": [{"ruleConfigurationOverrides": [\#(change), \#(off)]}, {}],"#)
        #expect(results.findings.map(\.severity) == [severity])
        #expect(results.skipped == ["a rule switched off"])
    }

    @Test("of a tool that was called once, a result need not say by which call it is")
    func singleCall() throws {
        let results = try sarif(
            #""ruleId": "r""#, rules: #"{"id": "r"}"#,
            run:
                #""invocations": [{"ruleConfigurationOverrides": [{"descriptor": {"id": "r"}, "configuration": {"level": "error"}}]}],"#
        )
        #expect(results.findings.map(\.severity) == ["error"])
    }

    @Test(
        "an error in what a tool was set up with is one as in what it did",
        arguments: ["toolExecutionNotifications", "toolConfigurationNotifications"])
    func notifications(list: String) throws {
        func troubles(_ level: String) throws -> [String] {
            try sarif(#""ruleId": "r""#, run: #""invocations": [{"\#(list)": [{"level": "\#(level)"}]}],"#)
                .troubles
        }
        #expect(try troubles("error") == ["reports an error"])
        #expect(try troubles("warning").isEmpty)
    }

    @Test(
        "a result is suppressed where nobody who looked at that refused it, or has yet to look",
        arguments: [
            (#"{"kind": "inSource"}"#, "inSource"),
            (#"{"kind": "external", "status": "accepted"}"#, "external"),
            (#"{"kind": "inSource"}, {"kind": "external", "status": "rejected"}"#, nil),
            (#"{"kind": "inSource"}, {"kind": "external", "status": "underReview"}"#, nil),
            (#"{"kind": "external", "status": "rejected"}"#, nil), ("", nil),
        ])
    func suppressions(list: String, suppressed: String?) throws {
        let results = try sarif(#""ruleId": "r", "suppressions": [\#(list)]"#)
        #expect(results.findings.map(\.suppressed) == [suppressed])
    }

    @Test(
        "a file of SARIF is named by address, by what that starts from, or by its number",
        arguments: [
            (#""uri": "a.txt", "uriBaseId": "APP""#, "/app/a.txt"),
            (#""uri": "a.txt", "uriBaseId": "SUB""#, "/app/sub/a.txt"),
            (#""uri": "/a.txt", "uriBaseId": "APP""#, "/a.txt"),
            (#""uri": "file:///b%20c", "uriBaseId": "APP""#, "/b c"),
            (#""uri": "a.txt", "uriBaseId": "WEB""#, "a.txt"),
            (#""uri": "a.txt", "uriBaseId": "NONE""#, "a.txt"),
            (#""uri": "a.txt", "uriBaseId": "LOOP""#, "a.txt"), (#""index": 0"#, "/app/listed.txt"),
            (#""uri": "a.txt", "index": 0"#, "a.txt"), (#""index": 9"#, nil),
        ])
    func files(location: String, path: String?) throws {
        let bases = #"""
            "originalUriBaseIds": {"APP": {"uri": "file:///app/"}, "SUB": {"uri": "sub", "uriBaseId": "APP"},
             "WEB": {"uri": "https://forge.test/app/"}, "LOOP": {"uri": "", "uriBaseId": "LOOP"}},
            "artifacts": [{"location": {"uri": "listed.txt", "uriBaseId": "APP"}}],
            """#
        let results = try sarif(
            #""ruleId": "r", "locations": [{"physicalLocation": {"artifactLocation": {\#(location)}}}]"#,
            run: bases)
        #expect(results.isWhole)
        #expect(results.findings.map(\.place.kind) == [path.map(ImportedPlace.Kind.file) ?? .image])
    }

    @Test(
        "a vulnerability that stands inside a component, or names it, is one of that component",
        arguments: ["inside", "behind"])
    func extended(place: String) throws {
        let vulnerability = """
            <v:vulnerabilities><v:vulnerability ref="p"><v:id>CVE-1</v:id><v:ratings><v:rating><v:score><v:base>9.8</v:base>
            </v:score><v:method>CVSSv3</v:method></v:rating></v:ratings></v:vulnerability></v:vulnerabilities>
            """
        let results = try Imports.read(
            """
            <bom xmlns="http://cyclonedx.org/schema/bom/1.2" xmlns:v="http://cyclonedx.org/schema/ext/vulnerability/1.0">
            <components><component type="library" bom-ref="p"><name>openssl</name><version>3.0.1</version>
            \(place == "inside" ? vulnerability : "")</component></components>\(place == "behind" ? vulnerability : "")</bom>
            """)
        #expect(results.isWhole)
        #expect(results.provides == [.components, .vulnerabilities])
        #expect(results.findings.map(\.title) == ["CVE-1 in openssl 3.0.1"])
        #expect(results.findings.map(\.severity) == ["critical"])
    }

    @Test("what a bill lists below the component that it is of is a component as any")
    func described() throws {
        let key = #"""
            {"type": "cryptographic-asset", "name": "k", "cryptoProperties": {"assetType": "related-crypto-material",
             "relatedCryptoMaterialProperties": {"type": "private-key"}}}
            """#
        let results = try Imports.read(
            #"""
            {"bomFormat": "CycloneDX", "metadata": {"component": {"type": "container", "name": "app", "components": [
             {"type": "library", "name": "p", "bom-ref": "p"}, \#(key)]}},
             "vulnerabilities": [{"id": "CVE-1", "affects": [{"ref": "p"}]}]}
            """#)
        #expect(results.isWhole)
        #expect(results.components == 1)
        #expect(results.provides == [.components, .secrets, .vulnerabilities])
        #expect(results.findings.map(\.rule) == ["crypto-material.private-key", "CVE-1"])
        let broken = try Imports.read(
            #"{"bomFormat": "CycloneDX", "metadata": {"component": {"components": [{}]}}, "components": []}"#)
        #expect(broken.faults.count == 1)
    }

    @Test("a file that is said to be of another format than it looks like says so")
    func mistaken() throws {
        let text = #"{"SchemaVersion": 2, "Results": [{"Class": "os-pkgs"}]}"#
        let results = try Imports.read(text, as: "grype")
        #expect(results.likeness == "trivy")
        #expect(results.troubles.contains("looks like a file of format trivy"))
        #expect(try Imports.read(text, as: "trivy").likeness == nil)
        #expect(try Imports.read("[]", as: "gitleaks").likeness == nil)
    }

    @Test(
        "XML that is wrong in the middle is no file that was cut off",
        arguments: [
            ("<target>x</target><a></b></TestResult>", ImportError.Code.malformed),
            ("<target>x & y</target></TestResult>", .malformed),
            ("<target>x</target></TestResult><a/>", .malformed),
            ("<target>x</target>", .truncated), ("<target>x</tar", .truncated), ("<tar", .truncated),
        ])
    func brokenXML(text: String, code: ImportError.Code) throws {
        let results = try Imports.read(
            #"<TestResult xmlns="http://checklists.nist.gov/xccdf/1.2">"# + text)
        #expect(results.failure?.code == code)
    }

    @Test("of several tools in one file the words of each are known, and none of their exit statuses")
    func joined() {
        let mapping = ResultMapping(
            given: [],
            shipped: [
                ImporterRules(
                    tools: [Glob("hadolint")], ratings: [.init(words: [Glob("style")], severity: .low)],
                    kinds: [],
                    exitStatuses: [0, 1], foundStatuses: [1], source: "")
            ])
        #expect(mapping.rating("style", of: "hadolint+checkov")?.severity == .low)
        #expect(mapping.rating("style", of: "checkov") == nil)
        #expect(mapping.exitStatuses(of: "hadolint") == [0, 1])
        #expect(mapping.exitStatuses(of: "hadolint+checkov") == [0])
        #expect(mapping.foundStatuses(of: "hadolint") == [1])
        #expect(mapping.foundStatuses(of: "checkov").isEmpty)
        #expect(mapping.foundStatuses(of: "hadolint+checkov").isEmpty)
    }

    @Test("every importer has a shape")
    func complete() {
        #expect(Set(ToolFixture.all.map(\.format)) == Set(Importers.formats.map(\.id)))
        #expect(Set(Importers.formats.map(\.id)).count == Importers.formats.count)
    }

    @Test("keys in another order, as jq sorts them, change nothing", arguments: ["sarif", "trivy", "grype"])
    func sorted(format: String) throws {
        for fixture in ToolFixture.all where fixture.format == format {
            let sorted = try SortedKeys.text(fixture.text())
            #expect(try Imports.read(sorted).findings.count == fixture.findings)
            #expect(
                Set(try Imports.read(sorted).findings.map(\.place))
                    == Set(try Imports.read(fixture.text()).findings.map(\.place)))
        }
    }

    @Test(
        "a byte order mark before the document is no part of it", arguments: ["sarif", "trivy", "gitleaks"])
    func mark(format: String) throws {
        for fixture in ToolFixture.all where fixture.format == format {
            #expect(
                try Imports.read([0xef, 0xbb, 0xbf] + fixture.bytes()).findings.count == fixture.findings)
        }
    }

    @Test("an empty list is nobody's, and with a name it is")
    func anonymous() throws {
        #expect(throws: ResultReader.Refusal.anonymousList) { try Imports.read("[]") }
        #expect(throws: ResultReader.Refusal.anonymousList) { try Imports.read("null\n") }
        #expect(throws: ResultReader.Refusal.empty) { try Imports.read(" \n") }
        #expect(throws: ResultReader.Refusal.unknown) { try Imports.read(#"{"a": 1}"#) }
        #expect(throws: ResultReader.Refusal.unknown) { try Imports.read("nothing of this kind") }
        for text in ["[]", "null\n"] {
            let results = try Imports.read(text, as: "gitleaks")
            #expect(results.isWhole)
            #expect(results.findings.isEmpty)
            #expect(results.provides == [.secrets])
        }
    }

    @Test("of SARIF, only version 2.1.0 is read", arguments: ["2.0.0", "2.1.1", "1"])
    func versions(version: String) throws {
        let results = try Imports.read(#"{"version": "\#(version)", "runs": []}"#)
        #expect(results.failure?.code == .malformed)
    }

    @Test("Trivy's findings lie where it says, package databases where the distribution has them")
    func places() throws {
        let fixture = try #require(ToolFixture.scanners.first)
        let results = try Imports.read(fixture.bytes())
        let layers = ToolFixture.Target().layers
        let places = Dictionary(results.findings.map { ($0.rule, $0.place) }) { first, _ in first }
        #expect(places["github-pat"] == .file("/app/.env", layer: layers[1], line: 3))
        #expect(places["CVE-2026-1001"]?.kind == .file("var/lib/dpkg/status"))
        #expect(places["CVE-2026-1001"]?.layer == layers[0])
        #expect(results.components == 2)
    }

    @Test("what the history holds is metadata, and what no file holds is the image's")
    func metadata() throws {
        let fixture = try #require(ToolFixture.secretTools.first { $0.name == "TruffleHog, an image" })
        let kinds = try Imports.read(fixture.bytes()).findings.map(\.place.kind)
        #expect(kinds == [.file("/app/.env"), .metadata("history/1")])
    }
}
