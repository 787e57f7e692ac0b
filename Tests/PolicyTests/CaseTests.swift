import Evaluation
import Model
import Testing

@testable import Pipeline

@Suite("Cases of the shipped policies")
struct CaseTests {
    static let trials = Result { try PolicyTrials.load([]) }
    private static let cases = ((try? trials.get()) ?? []).flatMap { trial in
        trial.trials.map { Case(trial: trial, item: $0) }
    }

    /// A case and the policy that it is for.
    struct Case: CustomTestStringConvertible, Sendable {
        let trial: PolicyTrial
        let item: PolicyTrial.Trial

        var testDescription: String { "\(item.wanted.policy): \(item.wanted.name)" }
    }

    @Test("all cases can be read, and every shipped policy has some")
    func readable() throws {
        #expect(try Self.trials.get().map(\.policy.id) == ["agentic", "baseline", "strict"])
        #expect(Self.cases.count >= 200)
    }

    @Test("evidence leads to what the case wants", arguments: cases)
    func holds(_ wanted: Case) {
        let mistakes = wanted.trial.mistakes(of: wanted.item)
        #expect(mistakes.isEmpty, "\(wanted.item.wanted.source): \(mistakes.joined(separator: "\n"))")
    }

    @Test("every rule, part of a matcher and edge comes out both ways", arguments: try trials.get())
    func coverage(_ trial: PolicyTrial) {
        let missing = PolicyCoverage(trial).missing
        #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")
    }

    @Test("nine of ten changes to a policy are noticed by a case", arguments: try trials.get())
    func mutants(_ trial: PolicyTrial) {
        let run = MutationRun(trial)
        let unnoticed = run.unnoticed.map { "\($0.rule.id): \($0.change)" }
        #expect(run.noticed * 10 >= run.count * 9, "\(unnoticed.joined(separator: "\n"))")
    }
}

extension PolicyTrial: CustomTestStringConvertible {
    public var testDescription: String { policy.id }
}
