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

    @Test("of several tools in one file the words of each are known, and none of their exit statuses")
    func joined() {
        let mapping = ResultMapping(
            given: [],
            shipped: [
                ImporterRules(
                    tools: [Glob("hadolint")], ratings: [.init(words: [Glob("style")], severity: .low)],
                    kinds: [],
                    exitStatuses: [0, 1], source: "")
            ])
        #expect(mapping.severity("style", of: "hadolint+checkov") == .low)
        #expect(mapping.severity("style", of: "checkov") == nil)
        #expect(mapping.exitStatuses(of: "hadolint") == [0, 1])
        #expect(mapping.exitStatuses(of: "hadolint+checkov") == [0])
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
