import Model
import Testing

@testable import Evaluation

/// What looks like evidence and is none.
@Suite("Evidence that is not whole")
struct WholeEvidenceTests {
    private static func other(
        provides: [EvidenceClass], outcome: Receipt.Outcome = .completed, target: Digest = Sample.image.digest
    ) -> Receipt {
        Receipt(
            detector: "trivy", tool: "trivy", version: "1", rules: nil, target: target, provides: provides,
            layers: [], metadata: false, outcome: outcome)
    }

    private static func status(
        _ rule: Rule, findings: [Finding] = [], gaps: [Gap] = [], adding receipts: [Receipt] = []
    ) -> Status {
        let layers = [Sample.layer(0), Sample.layer(1)]
        let evidence = Sample.evidence(
            layers: layers, findings: findings, gaps: gaps,
            receipts: [Sample.receipt(layers: layers)] + receipts)
        return Evaluator.assess(evidence, against: Sample.policy([rule]), asOf: Sample.now).status
    }

    @Test("a tool that a rule names must itself have looked for what the rule is about")
    func named() {
        let rule = Sample.rule(requires: [.vulnerabilities], detectors: ["trivy"])
        #expect(Self.status(rule) == .notAssessed)
        #expect(Self.status(rule, adding: [Self.other(provides: [])]) == .notAssessed)
        let failed = Self.other(provides: [], outcome: .failed)
        #expect(Self.status(rule, adding: [failed]) == .notAssessed)
        let elsewhere = Self.other(provides: [.vulnerabilities], target: Sample.digest(1))
        #expect(Self.status(rule, adding: [elsewhere]) == .notAssessed)
        #expect(Self.status(rule, adding: [Self.other(provides: [.components])]) == .notAssessed)
        #expect(Self.status(rule, adding: [Self.other(provides: [.vulnerabilities])]) == .pass)
    }

    @Test("a gap that names no class may be in any")
    func gaps() {
        let rule = Sample.rule(requires: [.configuration], each: .image, match: .any([]))
        func gap(_ missing: [EvidenceClass]?) -> Gap {
            Gap(layer: nil, reason: .truncated, detail: "cut", missing: missing)
        }
        #expect(Self.status(rule, gaps: [gap([])]) == .notAssessed)
        #expect(Self.status(rule, gaps: [gap(nil)]) == .notAssessed)
        #expect(Self.status(rule, gaps: [gap([.configuration])]) == .notAssessed)
        #expect(Self.status(rule, gaps: [gap([.vulnerabilities])]) == .pass)
    }

    @Test("something to look at says nothing of what nobody looked at")
    func warnings() {
        let rule = Sample.rule(effect: .warn)
        let gap = Gap(layer: 1, reason: .truncated, detail: "cut")
        #expect(Self.status(rule, findings: [Sample.finding("a")]) == .warn)
        #expect(Self.status(rule, findings: [Sample.finding("a")], gaps: [gap]) == .notAssessed)
    }

    @Test("an optional rule stays where somebody tells of a finding and no receipt says that they ran")
    func optional() {
        let always = Sample.rule("always", requires: [.secrets], match: .any([]))
        let rule = Sample.rule("optional", requires: [.vulnerabilities], isOptional: true)
        func rules(_ findings: [Finding], _ receipts: [Receipt]) -> [Status] {
            let layers = [Sample.layer(0), Sample.layer(1)]
            let evidence = Sample.evidence(
                layers: layers, findings: findings, receipts: [Sample.receipt(layers: layers)] + receipts)
            return Evaluator.assess(evidence, against: Sample.policy([always, rule]), asOf: Sample.now)
                .rules.map(\.status)
        }
        var finding = Sample.finding("a")
        finding.witnesses = [Witness(detector: "trivy", rule: "r", kind: finding.kind, severity: .high)]
        let ran = Receipt(
            detector: "trivy", tool: "trivy", version: "1", rules: nil, target: Sample.image.digest,
            provides: [.vulnerabilities], layers: [], metadata: false, outcome: .completed)
        #expect(rules([], []) == [.pass])
        #expect(rules([finding], [ran]) == [.pass, .fail])
        #expect(rules([finding], []) == [.pass, .fail])
        finding.kind = .other
        #expect(rules([finding], []) == [.pass, .notAssessed])
    }

    @Test("of a file whose fate nobody knows, no rule on its fate can be met")
    func fate() {
        let rule = Sample.rule(
            match: .all([
                Sample.test(.finding, "kind", .equals(.text("credential.cloud"))),
                Sample.test(.finding, "persistence", .equals(.text("present"))),
            ]))
        var finding = Sample.finding("a")
        #expect(Self.status(rule, findings: [finding]) == .fail)
        finding.persistence = .unknown
        #expect(Self.status(rule, findings: [finding]) == .notAssessed)
    }
}
