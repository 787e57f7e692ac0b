import Evaluation
import FoundationEssentials
import Model
import Testing
import TestSupport

@testable import Pipeline

/// Nothing that is missing from another tool's results makes a rule pass.
@Suite("Results that lack something")
struct ResultLossTests {
    private static let policy = Result { try PolicySources.policy(PolicySelection()).policy }
    private static let asOf = Instant(seconds: 1_795_392_000)

    private func statuses(_ evidence: Evidence) throws -> [String: Status] {
        let policy = try Self.policy.get()
        let assessment = Evaluator.assess(evidence, against: policy, asOf: Self.asOf)
        return Dictionary(uniqueKeysWithValues: assessment.rules.map { ($0.id, $0.status) })
    }

    /// The rules that require what `fixture` reports on.
    private func rules(_ fixture: ToolFixture) throws -> [String] {
        try Self.policy.get().rules.filter { rule in
            !Set(rule.requires.map(\.rawValue)).isDisjoint(with: fixture.provides)
        }.map(\.id)
    }

    @Test("cut off anywhere, they leave no rule of theirs passed, and no other rule changed")
    func cuts() async throws {
        let bench = try await ResultBench()
        let without = try statuses(bench.evidence)
        for fixture in ToolFixture.all where !fixture.isLines {
            let bytes = fixture.bytes(about: bench.target)
            let rules = try rules(fixture)
            for length in stride(from: 1, to: bytes.count - 2, by: max(1, bytes.count / 4)) {
                let cut = try bench.adding(
                    [Array(bytes.prefix(length))], format: fixture.format, assuming: true)
                let statuses = try statuses(cut)
                for rule in rules { #expect(statuses[rule] != .pass, "\(fixture), \(length) bytes: \(rule)") }
                for (rule, status) in statuses where status == .pass {
                    #expect(without[rule] == .pass, "\(fixture), \(length) bytes: \(rule)")
                }
            }
        }
    }

    @Test("without a bracket, comma or colon, they leave no rule passed that they broke")
    func structure() async throws {
        let bench = try await ResultBench()
        var random = SeededGenerator(seed: 6)
        for fixture in ToolFixture.all where fixture.findings > 0 {
            let bytes = fixture.bytes(about: bench.target)
            let whole = try statuses(try bench.adding([bytes], format: fixture.format, assuming: true))
            let marks = bytes.indices.filter { "{}[],:<>".utf8.contains(bytes[$0]) }
            for _ in 0..<4 {
                guard let mark = marks.randomElement(using: &random) else { continue }
                var broken = bytes
                broken.remove(at: mark)
                guard let added = try? bench.adding([broken], format: fixture.format, assuming: true) else {
                    continue
                }
                for (rule, status) in try statuses(added) where status == .pass {
                    #expect(whole[rule] == .pass, "\(fixture), without byte \(mark): \(rule)")
                }
            }
        }
    }

    @Test(
        "a scan that finds nothing passes, one that says not what it looked for does not, and none is left out"
    )
    func nothing() async throws {
        let bench = try await ResultBench()
        func status(_ name: String) throws -> Status? {
            let fixture = try #require(ToolFixture.scanners.first { $0.name == name })
            return try statuses(try bench.adding(fixture.text(about: bench.target)))[
                "components.vulnerable-critical"]
        }
        #expect(try status("Grype, nothing found") == .pass)
        #expect(try status("Trivy, nothing found") == .pass)
        #expect(try status("Trivy, no result") == .notAssessed)
        #expect(try status("Trivy, an image") == .fail)
        #expect(try statuses(bench.evidence)["components.vulnerable-critical"] == nil)
    }

    @Test(
        "a tool that failed before it showed what it looks for leaves all that it could have told not assessed",
        arguments: [
            (
                #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "in-house"}}, "results": [], "invocations": [{"executionSuccessful": false}]}]}"#,
                ["components.vulnerable-critical", "configuration.advised-against"]
            ),
            (
                #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "in-house"}}}]}"#,
                ["components.vulnerable-critical", "configuration.advised-against"]
            ),
            (
                #"{"schema": "palimpsest.findings/1", "tool": {"name": "x"}, "outcome": "failed", "findings": []}"#,
                ["components.vulnerable-critical", "components.listed", "secrets.verified-active"]
            ),
        ])
    func failed(text: String, rules: [String]) async throws {
        let bench = try await ResultBench()
        let statuses = try statuses(try bench.adding(text, assuming: true))
        for rule in rules { #expect(statuses[rule] == .notAssessed, "\(rule)") }
        for (rule, status) in statuses where rule.hasPrefix("secrets.") {
            #expect(status != .pass, "\(rule)")
        }
    }

    @Test(
        "a credential that works breaks the rule on these, and one that does not says nothing of the others")
    func verified() async throws {
        let bench = try await ResultBench()
        func status(_ states: String...) throws -> RuleResult? {
            let findings = states.enumerated().map { line, state in
                #"{"rule": {"id": "a"}, "finding": {"path": "app/.env", "line": \#(line + 5), "validation": {"status": "\#(state)"}}}"#
            }
            let text =
                #"{"findings": [\#(findings.joined(separator: ","))], "metadata": {"kingfisher_version": "1"}}"#
            let added = try bench.adding(text, format: "kingfisher", assuming: true)
            return Evaluator.assess(added, against: try Self.policy.get(), asOf: Self.asOf).rules.first {
                $0.id == "secrets.verified-active"
            }
        }
        #expect(try status("Active Credential", "Not Attempted")?.status == .fail)
        #expect(try status("Inactive Credential", "Not Attempted") == nil)
        #expect(try status("Inactive Credential", "Inactive Credential")?.status == .pass)
    }

    @Test("a stored document with results is read back as it was, and is valid")
    func stored() async throws {
        let bench = try await ResultBench()
        for fixture in ToolFixture.all {
            let added = try bench.adding(fixture.text(about: bench.target), assuming: true)
            let bytes = Array(try Samples.json(added).utf8)
            #expect(try StoredEvidence(place: "x", bytes: bytes).read() == added, "\(fixture)")
        }
    }
}
