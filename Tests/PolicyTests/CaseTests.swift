import Evaluation
import Model
import Testing

@Suite("Cases of the baseline")
struct CaseTests {
    @Test("all cases can be read")
    func readable() throws { #expect(try PolicyCase.all.get().count >= 60) }

    @Test("evidence leads to the statuses that the case wants", arguments: (try? PolicyCase.all.get()) ?? [])
    func statuses(_ wanted: PolicyCase) throws {
        let policy = try ShippedPolicy.policy()
        let assessment = Evaluator.assess(wanted.evidence, against: policy, asOf: PolicyCase.asOf)
        if let image = wanted.image {
            #expect(assessment.status == image, "\(wanted.place): \(assessment.reason)")
        }
        for id in wanted.rules.keys {
            #expect(assessment.rules.contains { $0.id == id }, "\(wanted.place): no rule \(id)")
        }
        let isAlone = wanted.evidence.comparedWith == nil
        let ofSeveral = Set(
            policy.rules.filter { $0.requires.contains(.comparison) || $0.requires.contains(.environments) }
                .map(\.id))
        for rule in assessment.rules {
            if isAlone, ofSeveral.contains(rule.id) {
                #expect(rule.status == .notApplicable, "\(wanted.place): \(rule.id): \(rule.reason)")
                continue
            }
            guard let status = wanted.rules[rule.id] ?? wanted.otherRules else { continue }
            #expect(rule.status == status, "\(wanted.place): \(rule.id): \(rule.reason)")
        }
        for (id, count) in wanted.violations {
            let rule = try #require(assessment.rules.first { $0.id == id }, "\(wanted.place): no rule \(id)")
            #expect(rule.violations.count == count, "\(wanted.place): \(id): \(rule.reason)")
        }
        for (id, status) in wanted.controls {
            let control = try #require(
                assessment.controls.first { $0.id == id }, "\(wanted.place): no control \(id)")
            #expect(control.status == status, "\(wanted.place): \(id): \(control.reason)")
        }
    }

    @Test("every rule is broken by one case and passed by another")
    func coverage() throws {
        let policy = try ShippedPolicy.policy()
        let cases = try PolicyCase.all.get()
        for rule in policy.rules {
            let broken: Status = rule.effect == .fail ? .fail : .warn
            #expect(
                cases.contains { $0.rules[rule.id] == broken }, "\(rule.source): no case breaks \(rule.id)")
            #expect(
                cases.contains { $0.rules[rule.id] == .pass }, "\(rule.source): no case passes \(rule.id)")
        }
    }
}
