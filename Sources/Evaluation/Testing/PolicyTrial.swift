package import Model

/// A policy and the cases that are written for it.
package struct PolicyTrial: Sendable {
    /// A case with its evidence at hand.
    package struct Trial: Sendable {
        package let wanted: PolicyCase
        package let evidence: Evidence

        package init(_ wanted: PolicyCase, evidence: Evidence) {
            self.wanted = wanted
            self.evidence = evidence
        }
    }

    package let policy: Policy
    package let trials: [Trial]
    /// The rules that the policy writes itself; of the others it only has what it changes.
    package let ownRules: Set<String>

    package init(policy: Policy, trials: [Trial], ownRules: Set<String>) {
        self.policy = policy
        self.trials = trials
        self.ownRules = ownRules
    }

    /// Each case, and what came out otherwise than it wants.
    package func results() -> [CaseResult] {
        trials.map { CaseResult($0.wanted, mistakes: mistakes(of: $0)) }
    }

    /// What comes out of a case under the policy otherwise than it wants.
    package func mistakes(of trial: Trial) -> [String] { mistakes(of: trial, under: policy) }

    func mistakes(of trial: Trial, under policy: Policy) -> [String] {
        CaseCheck.mistakes(
            in: assessment(of: trial, under: policy), of: trial.wanted.wants, exempt: exempt(in: trial))
    }

    /// Rules about several images, where the case is about one: whatever the others come out as, these are not about it.
    func exempt(in trial: Trial) -> Set<String> {
        guard trial.evidence.comparedWith == nil else { return [] }
        let ofSeveral = policy.rules.filter {
            $0.requires.contains(.comparison) || $0.requires.contains(.environments)
        }
        return Set(ofSeveral.map(\.id))
    }

    func assessment(of trial: Trial, under policy: Policy) -> Assessment {
        Evaluator.assess(
            trial.evidence, against: policy, signOffs: trial.wanted.signOffs, asOf: trial.wanted.asOf)
    }

    /// Whether the policy changes a rule that it inherits.
    func changes(_ rule: Rule) -> Bool { policy.tailoring.contains { $0.subject == rule.id } }
}
