import Model
import Testing
import TestSupport

@testable import ResultImporting

/// What is no sign that a tool looked is not taken for one.
@Suite("What shows that a tool looked")
struct ScanProofTests {
    @Test(
        "a document without results is of no scan",
        arguments: [
            ("sarif", #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "hadolint"}}}]}"#),
            (
                "sarif",
                #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "hadolint"}}, "results": null}]}"#
            ),
            ("checkov", #"{"passed": 0, "failed": 0, "skipped": 0, "checkov_version": "3.2.0"}"#),
            ("checkov", #"{"check_type": "dockerfile", "summary": {"failed": 0}}"#),
            ("checkov", #"{"check_type": "dockerfile", "results": {}, "summary": {"failed": 0}}"#),
            ("checkov", #"{"check_type": "dockerfile", "results": null, "failed": 0}"#),
            ("checkov", "[]"),
            ("dockle", #"{"summary": {"fatal": 0}, "details": null}"#),
            ("checkov", #"{"check_type": "x", "results": {"failed_checks": []}, "summary": {"failed": 3}}"#),
            (
                "checkov",
                #"{"check_type": "x", "results": {"failed_checks": []}, "summary": {"parsing_errors": 1}}"#
            ),
            ("dockle", #"{"summary": {"fatal": 1, "warn": 1}, "details": []}"#),
            ("ggshield", #"{"scans": [{"total_incidents": 3, "entities_with_incidents": []}]}"#),
            ("ggshield", "{}"), ("ggshield", #"{"scans": [7], "total_incidents": 0}"#),
            ("ggshield", #"{"scans": [], "total_incidents": 0, "total_occurrences": 0}"#),
            ("kingfisher", #"{"findings": 3, "rules_applied": 488}"#),
            ("kingfisher", #"{"findings": null, "metadata": {"kingfisher_version": "1.9"}}"#),
            (
                "trivy",
                #"{"SchemaVersion": 2, "Results": [{"Class": "config", "MisconfSummary": {"Failures": 5}}]}"#
            ),
            (
                "grype",
                #"{"matches": [], "descriptor": {"name": "grype", "db": {"status": {"valid": false}}}}"#
            ),
            ("grype", #"{"matches": [], "descriptor": {"name": "grype", "db": {"error": "checksum"}}}"#),
            (
                "cyclonedx",
                #"{"bomFormat": "CycloneDX", "specVersion": "1.6", "vulnerabilities": [], "version": 1}"#
            ),
        ])
    func nothing(format: String, text: String) throws {
        let results = try Imports.read(text, as: format)
        #expect(!results.isWhole)
        #expect(results.findings.isEmpty)
    }

    @Test("a list that is shorter than its tool counts is of a scan that is not whole", arguments: [1, 2])
    func counted(count: Int) throws {
        let detail = #"{"code": "CIS-DI-0001", "title": "t", "level": "FATAL", "alerts": ["x"]}"#
        let results = try Imports.read(
            #"{"summary": {"fatal": \#(count), "pass": 9}, "details": [\#(detail)]}"#, as: "dockle")
        #expect(results.findings.count == 1)
        #expect(results.isWhole == (count == 1))
    }

    @Test(
        "what a tool counts is held against the checks, incidents and findings that it lists, not against their places",
        arguments: [
            (
                "dockle",
                #"{"summary": {"fatal": 2}, "details": [{"code": "A", "level": "INFO", "alerts": ["setuid file: - /a", "setuid file: - /b"]}]}"#,
                "counts 2 findings of level FATAL, and lists 0"
            ),
            (
                "ggshield",
                #"{"entities_with_incidents": [{"filename": "f", "incidents": [{"type": "A", "occurrences": [{}, {}]}]}], "total_incidents": 2}"#,
                "counts 2 incidents, and lists 1"
            ),
            (
                "ggshield",
                #"{"entities_with_incidents": [{"filename": "f", "incidents": [{"type": "A", "occurrences": [{}]}]}], "total_incidents": 1, "total_occurrences": 3}"#,
                "counts 3 occurrences, and lists 1"
            ),
            (
                "kingfisher",
                #"{"findings": [{"rule": {"id": "a"}, "finding": {"path": "f"}}], "access_map": [{}, {}]} {"findings": 3}"#,
                "counts 3 findings, and lists 1"
            ),
        ])
    func counts(format: String, text: String, trouble: String) throws {
        #expect(try Imports.read(text, as: format).troubles == [trouble])
    }

    @Test("places that Nosey Parker counts and, as by default, does not list are told")
    func unlisted() throws {
        let results = try Imports.read(
            #"{"rule_name": "A", "num_matches": 9, "matches": [{"provenance": [{"path": "f"}]}]}"# + "\n")
        #expect(results.isWhole)
        #expect(results.skipped.map { $0.prefix(13) } == ["8 more places"])
    }

    @Test(
        "what a scanner says of a distribution without data is told",
        arguments: [
            (
                "trivy",
                #"{"SchemaVersion": 2, "Metadata": {"OS": {"Family": "alpine", "EOSL": true}}, "Results": [{"Class": "os-pkgs"}]}"#,
                "ended its support"
            ),
            (
                "grype", #"{"matches": [], "alertsByPackage": [{"alerts": [{"type": "distro-eol"}]}]}"#,
                "ended its support"
            ),
            (
                "grype", #"{"matches": [], "alertsByPackage": [{"alerts": [{"type": "distro-unknown"}]}]}"#,
                "does not have"
            ),
            (
                "grype", #"{"matches": [], "alertsByPackage": [{"alerts": [{"type": "other"}]}]}"#,
                "has a warning"
            ),
        ])
    func withoutData(format: String, text: String, words: String) throws {
        let results = try Imports.read(text, as: format)
        #expect(results.isWhole)
        #expect(results.skipped.count == 1)
        #expect(results.skipped.allSatisfy { $0.hasSuffix(words) })
    }

    @Test("a statement on vulnerabilities of no component is no scan, and leaves open what it says is")
    func statement() throws {
        func read(_ state: String) throws -> ImportedResults {
            try Imports.read(
                #"{"bomFormat": "CycloneDX", "vulnerabilities": [{"id": "CVE-1", "analysis": {"state": "\#(state)"}}]}"#
            )
        }
        let settled = try read("not_affected")
        #expect(settled.isWhole)
        #expect(settled.provides.isEmpty)
        #expect(settled.findings.map(\.suppressed) == ["not_affected"])
        #expect(settled.skipped.count == 1)
        let open = try read("exploitable")
        #expect(!open.isWhole)
        #expect(open.provides == [.vulnerabilities])
    }

    @Test("a bill with an empty list of vulnerabilities is of a tool that may have looked for none")
    func bill() throws {
        let results = try Imports.read(
            #"{"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "a"}], "vulnerabilities": []}"#
        )
        #expect(results.isWhole)
        #expect(results.provides == [.components])
        let wrong = try Imports.read(#"{"bomFormat": "CycloneDX", "components": [], "vulnerabilities": {}}"#)
        #expect(!wrong.isWhole)
    }

    @Test(
        "Trivy's list of packages shows that it looked for vulnerabilities only beside one",
        arguments: [
            (#"{"Class": "os-pkgs", "Packages": [{"Name": "a"}]}"#, ["components"]),
            (#"{"Class": "os-pkgs"}"#, ["vulnerabilities"]),
            (
                #"{"Class": "os-pkgs", "Packages": [{"Name": "a"}]}, {"Class": "lang-pkgs", "Packages": [], "Vulnerabilities": [{"VulnerabilityID": "CVE-1", "PkgName": "a"}]}"#,
                ["components", "vulnerabilities"]
            ),
            (
                #"{"Class": "os-pkgs", "Packages": [], "ExperimentalModifiedFindings": [{"Type": "vulnerability", "Finding": {"VulnerabilityID": "CVE-1", "PkgName": "a"}}]}"#,
                ["components", "vulnerabilities"]
            ),
        ])
    func packages(result: String, provides: [String]) throws {
        let results = try Imports.read(#"{"SchemaVersion": 2, "Results": [\#(result)]}"#, as: "trivy")
        #expect(results.isWhole)
        #expect(results.provides.map(\.rawValue).sorted() == provides)
        #expect(results.skipped.isEmpty == provides.contains("vulnerabilities"))
    }

    @Test(
        "CycloneDX's worst rating counts, in whatever order they stand",
        arguments: [
            (#"{"severity": "low"}, {"severity": "critical"}, {"severity": "high"}"#, "critical"),
            (#"{"severity": "unknown"}, {"severity": "medium"}"#, "medium"),
            (#"{"severity": "low"}, {"method": "CVSSv31", "score": 9.8}"#, "critical"),
            (#"{"severity": "low"}, {"method": "OWASP", "score": 9.8}"#, "low"),
            (#"{"score": 9.8, "vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}"#, "critical"),
            (#"{"score": 7.5, "vector": "(AV:N/AC:L/Au:N/C:P/I:P/A:P)"}"#, "high"),
            (#"{"method": "CVSSv3", "score": {"base": 9.8, "impact": 5.9}}"#, "critical"),
            (#"{"severity": "unknown"}, {"score": 9.8}"#, "unknown"),
            (#"{"severity": "none", "method": "CVSSv31", "score": 9.8}"#, "critical"),
            (#"{"severity": "medium", "method": "CVSSv31", "score": 7.5}"#, "medium"),
            (#"{"severity": "unknown"}"#, "unknown"),
        ])
    func ratings(ratings: String, severity: String) throws {
        let results = try Imports.read(
            #"{"bomFormat": "CycloneDX", "vulnerabilities": [{"id": "CVE-1", "ratings": [\#(ratings)]}]}"#)
        #expect(results.findings.map(\.severity) == [severity])
    }

    @Test(
        "rules of XCCDF that were not decided are not assessed",
        arguments: [
            (["pass"], true), (["pass", "notselected", "notapplicable"], true), (["fixed"], true),
            (["notselected"], false), (["notapplicable"], false), (["informational"], false), ([], false),
            (["pass", "notchecked"], false), (["pass", "unknown"], false), (["fail", "error"], false),
            (["pass", "passed"], false),
        ])
    func rules(words: [String], isWhole: Bool) throws {
        let rules = words.enumerated().map { index, word in
            #"<rule-result idref="r\#(index)"><result>\#(word)</result></rule-result>"#
        }
        let results = try Imports.read(
            #"<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2"><TestResult>"# + rules.joined()
                + "</TestResult></Benchmark>")
        #expect(results.isWhole == isWhole, "\(results.troubles)")
        #expect(results.findings.count == words.count { $0 == "fail" || $0 == "fixed" })
    }

    @Test(
        "a result of XCCDF is the one that somebody overrode it with, and a failure set aside so stays visible",
        arguments: [
            ("fail", "pass", "fail", [nil]), ("pass", "fail", "pass", ["overridden"]),
            ("notapplicable", "fail", "notapplicable", ["overridden"]), ("fail", "fail", "fail", [nil]),
            ("pass", "pass", "pass", []), ("pass", "error", "pass", []),
            // Where the two contradict each other, the worse counts.
            ("pass", "pass", "fail", [nil]), ("fail", "fail", "pass", [nil]),
        ])
    func overrides(result: String, old: String, new: String, suppressed: [String?]) throws {
        let results = try Imports.read(
            """
            <TestResult xmlns="http://checklists.nist.gov/xccdf/1.2"><rule-result idref="other"><result>pass</result></rule-result>
            <rule-result idref="r"><result>\(result)</result><override time="2026-01-01T00:00:00" authority="a">
            <old-result>\(old)</old-result><new-result>\(new)</new-result><remark>x</remark></override></rule-result></TestResult>
            """)
        #expect(results.isWhole, "\(results.troubles)")
        #expect(results.findings.map(\.suppressed) == suppressed)
        #expect(results.passes.map(\.rule) == ["other"])
    }

    @Test(
        "that one credential does not work says nothing of those that nobody tried",
        arguments: [
            ([], false, 0), (["Not Attempted"], false, 0), (["Inactive Credential"], true, 0),
            (["Inactive Credential", "Not Attempted"], false, 0),
            (["Active Credential", "Not Attempted", "Not Attempted"], true, 2),
            (["Active Credential", "Inactive Credential"], true, 0),
        ])
    func verifications(states: [String], isProven: Bool, untried: Int) throws {
        let findings = states.enumerated().map { line, state in
            #"{"rule": {"id": "a"}, "finding": {"path": "f", "line": \#(line + 1), "validation": {"status": "\#(state)"}}}"#
        }
        let results = try Imports.read(
            #"{"findings": [\#(findings.joined(separator: ","))]}"#, as: "kingfisher")
        #expect(results.provides.contains(.verifications) == isProven)
        #expect(results.untried == untried)
    }

    @Test("an empty file is told from one with results, since a tool that crashed leaves one as well")
    func blank() throws {
        for format in ["kingfisher", "noseyparker", "trufflehog"] {
            #expect(try Imports.read("\n", as: format).isBlank)
        }
        #expect(try !Imports.read(#"{"findings": []}"#, as: "kingfisher").isBlank)
    }

    @Test("a run about another image than the first of its file is none of the file's")
    func runs() throws {
        func run(_ properties: String) -> String {
            #"{"tool": {"driver": {"name": "Trivy"}}, \#(properties) "results": [{"ruleId": "CVE-1"}]}"#
        }
        func read(_ runs: String...) throws -> ImportedResults {
            try Imports.read(#"{"version": "2.1.0", "runs": [\#(runs.joined(separator: ","))]}"#)
        }
        let target = ToolFixture.Target()
        let one = run(#""properties": {"imageID": "\#(target.config)"},"#)
        let other = run(#""properties": {"imageID": "\#(target.image)"},"#)
        #expect(try read(one, one).isWhole)
        #expect(try read(one, one).findings.count == 2)
        for pair in [(one, other), (one, run("")), (run(""), one)] {
            let results = try read(pair.0, pair.1)
            #expect(results.findings.count == 1)
            #expect(results.faults.count == 1)
        }
    }

    @Test("the names of many tools in one file are not all kept, and none twice")
    func tools() throws {
        let runs = (0..<1_000).map { #"{"tool": {"driver": {"name": "tool\#($0 % 100)"}}, "results": []}"# }
        let results = try Imports.read(
            #"{"version": "2.1.0", "runs": [\#(runs.joined(separator: ","))]}"#)
        #expect(results.tool == "tool0+tool1+tool2+tool3+tool4+tool5+tool6+tool7+others")
    }
}
