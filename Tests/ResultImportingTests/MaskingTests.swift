import Model
import Testing
import TestSupport

@testable import ResultImporting

/// Masking changes what is shown, and never what is made of it.
@Suite("Secrets in the texts of results")
struct MaskingTests {
    private func trivy(_ findings: String) -> String {
        #"{"SchemaVersion": 2, "Results": [{"Class": "os-pkgs", "Vulnerabilities": [\#(findings)]}]}"#
    }

    @Test("a secret that is spelt like a severity, a rule or a tool changes none of them")
    func words() throws {
        let results = try Imports.read(
            #"""
            {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "gitleaks"}}, "results": [
             {"ruleId": "generic", "level": "critical", "locations": [{"physicalLocation": {"artifactLocation": {"uri": "f"},
              "region": {"snippet": {"text": "critical"}}}}]},
             {"ruleId": "generic", "level": "critical", "locations": [{"physicalLocation": {"artifactLocation": {"uri": "f"},
              "region": {"snippet": {"text": "gitleaks"}}}}]}]}]}
            """#)
        #expect(results.findings.map(\.rating) == [.critical, .critical])
        #expect(results.findings.map(\.kind) == [.genericCredential, .genericCredential])
        #expect(!results.dump.contains("\"critical\""))
        #expect(results.faults.isEmpty)
    }

    @Test(
        "a secret that looks as if its tool had masked it is masked wherever it is repeated",
        arguments: ["Zq9x7Kp2Wm4Rt8Yb...", "Zq9x****7Kp2Wm4Rt8Yb", "Zq9x7Kp2WmREDACTED4"])
    func marked(secret: String) throws {
        let results = try Imports.read(
            #"[{"RuleID": "a", "File": "app/\#(secret)/x", "Description": "is \#(secret)", "Secret": "\#(secret)"}]"#,
            as: "gitleaks")
        #expect(results.findings.count == 1)
        #expect(!results.dump.contains(secret))
    }

    @Test(
        "a secret is masked however its bytes are spelt with percent signs",
        arguments: [
            "hunt%22er%2F2%2BxZ", "hunt%22er%2f2%2bxZ", "hunt\\\"er/2+xZ", "hunt%22er/2%2BxZ",
            "hunt%2522er%252F2%252BxZ",
        ])
    func percents(spelt: String) throws {
        let results = try Imports.read(
            #"[{"RuleID": "a", "File": "app/100%/\#(spelt)/%41", "Secret": "hunt\"er/2+xZ"}]"#, as: "gitleaks"
        )
        #expect(results.findings.map(\.place.kind) == [.file("app/100%/…/%41")])
    }

    @Test("of a secret of several lines each is masked that is long enough to say something")
    func lines() throws {
        let results = try Imports.read(
            #"[{"RuleID": "a", "Description": "zZtop4Ever99 and a -----BEGIN KEY----- of third", "File": "app/firstline77", "Secret": "-----BEGIN KEY-----\nfirstline77\r\n  zZtop4Ever99 \nthird"}]"#,
            as: "gitleaks")
        #expect(results.findings.map(\.title) == ["… and a -----BEGIN KEY----- of third"])
        #expect(results.findings.map(\.place.kind) == [.file("app/…")])
    }

    @Test(
        "a short secret is masked where it is no word that may stand anywhere",
        arguments: [
            ("48213", true), ("7Kq9!", true), ("admin", false), ("Admin", false), ("4821", false),
            ("secret", true),
        ])
    func short(secret: String, isMasked: Bool) throws {
        let results = try Imports.read(
            #"[{"RuleID": "a", "File": "app/\#(secret)/x", "Secret": "\#(secret)"}]"#, as: "gitleaks")
        #expect(results.findings.map(\.place.kind) == [.file("app/\(isMasked ? "…" : secret)/x")])
    }

    @Test("more secrets than can be looked for leave no text, and a fault")
    func overflow() throws {
        let secrets = (0..<9).map { index in
            let secret = String(repeating: "\(index)", count: 2 << 20)
            return #"{"RuleID": "rule", "File": "f", "Secret": "\#(secret)"}"#
        }
        let results = try Imports.read("[" + secrets.joined(separator: ",") + "]", as: "gitleaks")
        #expect(results.faults.map(\.reason) == [.detectorLimit])
        #expect(results.findings.count == 9)
        #expect(results.findings.allSatisfy { $0.rule.hasPrefix("…") && !$0.fingerprints.isEmpty })
    }

    @Test("secrets that begin alike and are repeated everywhere end in the same way, and soon")
    func effort() throws {
        let secrets = (1...800).map { String(repeating: "a", count: 5 + $0) + "b" }
        let records = secrets.map { secret in
            #"{"RuleID": "\#(String(repeating: "a", count: 2_000))", "File": "f", "Secret": "\#(secret)"}"#
        }
        let results = try Imports.read("[" + records.joined(separator: ",") + "]", as: "gitleaks")
        #expect(results.faults.map(\.reason) == [.detectorLimit])
        #expect(results.findings.count == 800)
    }

    @Test("a secret that is part of another is masked, and so is the longer one as a whole")
    func overlaps() throws {
        let short = ToolFixture.secret
        let long = short + "-and-more"
        let results = try Imports.read(
            #"[{"RuleID": "a", "File": "\#(long)/\#(short)/x", "Secret": "\#(short)", "Match": "\#(long)"}]"#,
            as: "gitleaks")
        #expect(results.findings.map(\.place.kind) == [.file("…/…/x")])
    }

    @Test(
        "no fault and no error repeats a key or a word of the file",
        arguments: [
            #"{"SchemaVersion": 2, "Results": [{"Class": "secret", "SECRET": [7]}]}"#,
            #"{"version": "SECRET", "runs": []}"#,
            #"{"schema": "palimpsest.findings/1", "provides": ["SECRET"], "findings": [{"SECRET": 1}]}"#,
            #"{"check_type": "SECRET", "results": {"failed_checks": [{"check_id": "SECRET"}]}}"#,
            #"<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2"><TestResult><rule-result idref="SECRET"><result>SECRET</result></rule-result></TestResult></Benchmark>"#,
        ])
    func faults(template: String) throws {
        let text = template.split(separator: "SECRET", omittingEmptySubsequences: false)
            .joined(separator: ToolFixture.secret)
        let results = try Imports.read(text)
        #expect(!results.faults.isEmpty || results.failure != nil)
        #expect(results.faults.allSatisfy { !$0.detail.contains(ToolFixture.secret) })
        #expect(results.failure?.description.contains(ToolFixture.secret) != true)
    }
}
