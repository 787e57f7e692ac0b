import Model
import Testing

@testable import ResultImporting

/// `palimpsest.findings/1` proves what its tool says it looked for, and no more.
@Suite("Results in our own form")
struct FindingsFormTests {
    private func read(_ text: String) throws -> ImportedResults {
        try Imports.read(
            #"{"schema": "palimpsest.findings/1", "tool": {"name": "x"}, "outcome": "completed", \#(text)}"#)
    }

    @Test(
        "what only a run of ours can show, and what does not exist, is not taken",
        arguments: ["comparison", "environments", "source", "secret", "SECRETS"])
    func provides(claim: String) throws {
        let results = try read(#""provides": ["vulnerabilities", "\#(claim)"], "findings": []"#)
        #expect(results.provides == [.vulnerabilities])
        #expect(results.faults.count == 1)
        #expect(results.reach.isDisjoint(with: [.comparison, .environments, .source]))
    }

    @Test("no list of findings is not an empty one", arguments: ["", #", "findings": null"#])
    func unlisted(text: String) throws {
        #expect(try !read(#""provides": ["vulnerabilities"]\#(text)"#).isWhole)
        #expect(try read(#""provides": ["vulnerabilities"], "findings": []"#).isWhole)
    }

    @Test(
        "a key that is not known is told",
        arguments: [
            (#""findings": [], "extra": 1"#, "extra"),
            (#""image": {"diffIds": []}, "findings": []"#, "diffIds"),
            (#""findings": [{"rule": "a", "kind": "other", "severty": "high"}]"#, "severty"),
            (#""findings": [{"rule": "a", "kind": "other", "location": {"file": "f"}}]"#, "file"),
        ])
    func keys(text: String, key: String) throws {
        let results = try read(text)
        #expect(results.skipped == ["the key \(key), which is not known"])
        #expect(results.isWhole)
    }

    @Test(
        "a value of another type than its key has is a fault, and the finding stays where it has a place",
        arguments: [
            (#""verified": "yes""#, 1), (#""severity": 9"#, 1), (#""confidence": "sure""#, 1),
            (#""suppressed": true"#, 1), (#""location": "f""#, 0),
            (#""location": {"path": "f", "line": "x"}"#, 1), (#""location": {"path": 7}"#, 1),
            (#""aliases": "CVE-1""#, 1),
        ])
    func types(member: String, findings: Int) throws {
        let results = try read(
            #""provides": ["secrets"], "findings": [{"rule": "a", "kind": "credential.cloud", \#(member)}]"#)
        #expect(results.faults.count == 1)
        #expect(results.findings.count == findings)
    }

    @Test(
        "that it reports what it does not say it looked for is no proof of having looked",
        arguments: [
            ("misconfiguration", "secrets", false), ("misconfiguration", "misconfigurations", true),
            ("component.vulnerable", "secrets", false), ("credential.cloud", "vulnerabilities", false),
            ("credential.cloud", "secrets", true), ("of-no-known-kind", "secrets", true),
        ])
    func undeclared(kind: String, provides: String, isWhole: Bool) throws {
        let results = try read(
            #""findings": [{"rule": "a", "kind": "\#(kind)"}], "provides": ["\#(provides)"]"#)
        #expect(results.isWhole == isWhole, "\(results.troubles)")
        #expect(results.findings.count == 1)
    }
}
