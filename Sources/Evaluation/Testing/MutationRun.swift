internal import Model

/// Which mutants of a policy its cases notice: one that none notices is a mistake that nobody would see.
package struct MutationRun: Sendable {
    package private(set) var count = 0
    /// Those that every case takes for the policy itself.
    package private(set) var unnoticed: [PolicyMutant] = []

    package var noticed: Int { count - unnoticed.count }

    package init(_ trial: PolicyTrial) {
        let bench = trial.trials.map { BenchedCase($0, under: trial.policy) }
        for rule in trial.policy.rules {
            let isOwn = trial.ownRules.contains(rule.id)
            guard isOwn || trial.changes(rule) else { continue }
            // Those that look at the rule first: most mutants are noticed by one of them.
            let relevant = bench.filter { $0.has(rule) }
            let ordered = relevant.filter { $0.names(rule) } + relevant.filter { !$0.names(rule) }
            let originals = ordered.map { $0.result(of: rule) }
            for mutant in PolicyMutant.all(of: rule, isOwn: isOwn) {
                count += 1
                let isNoticed = zip(ordered, originals).contains { item, original in
                    item.notices(mutant, original: original, trial)
                }
                if !isNoticed { unnoticed.append(mutant) }
            }
        }
    }
}

/// A case made ready to have one rule after the other held against it.
private struct BenchedCase {
    private let trial: PolicyTrial.Trial
    private let judge: RuleJudge

    private var wants: PolicyCase.Wants { trial.wanted.wants }

    init(_ trial: PolicyTrial.Trial, under policy: Policy) {
        self.trial = trial
        let asOf = trial.wanted.asOf
        judge = RuleJudge(Evaluator.judged(trial.evidence, against: policy, asOf: asOf), asOf: asOf)
    }

    /// Whether a change of the rule can change what comes out: it is not left out, and there is what it looks at.
    func has(_ rule: Rule) -> Bool {
        let isAsked = trial.evidence.receipts.contains { !Set($0.provides).isDisjoint(with: rule.requires) }
        guard isAsked || !rule.isOptional else { return false }
        return switch rule.subject {
        case .finding: !trial.evidence.findings.isEmpty
        case .inventory: !trial.evidence.inventory.isEmpty
        case .image: true
        }
    }

    func names(_ rule: Rule) -> Bool { wants.rules[rule.id] != nil || wants.violations[rule.id] != nil }

    /// What comes out for `rule` where nobody accepted a risk.
    func result(of rule: Rule) -> RuleResult {
        let none = WaiverLedger([], over: [], [], of: trial.evidence, limits: .usual, asOf: trial.wanted.asOf)
        return RuleResult(rule, judge.verdict(on: RulePlan(rule)), accepting: none)
    }

    /// Whether the case wants something that the mutant does not do.
    func notices(_ mutant: PolicyMutant, original: RuleResult, _ policy: PolicyTrial) -> Bool {
        let result = result(of: mutant.rule)
        let isEdge = mutant.rule.controls != mutant.original.controls
        guard result != original || isEdge && !result.violations.isEmpty else { return false }
        let isExempt = policy.exempt(in: trial).contains(mutant.rule.id)
        if trial.wanted.signOffs == .none, contradicts(result, of: mutant.rule, isExempt) { return true }
        // What is left is what several rules make together.
        guard wants.image != nil || !wants.controls.isEmpty || trial.wanted.signOffs != .none else {
            return false
        }
        let rules = policy.policy.rules.map { $0.id == mutant.rule.id ? mutant.rule : $0 }
        return !policy.mistakes(of: trial, under: policy.policy.with(rules)).isEmpty
    }

    private func contradicts(_ result: RuleResult, of rule: Rule, _ isExempt: Bool) -> Bool {
        let status = wants.rules[rule.id] ?? (isExempt ? nil : wants.otherRules)
        if let status, status != result.status { return true }
        if let count = wants.violations[rule.id], count != result.violations.count { return true }
        if let severity = wants.severities[rule.id], severity != result.severity { return true }
        let isBroken = result.status == .fail || result.status == .warn
        func counting(_ relation: ControlEdge.Relation) -> Set<ControlName> {
            guard isBroken else { return [] }
            let edges = rule.controls.filter { $0.relation == relation }
            return Set(edges.map { ControlName(framework: $0.framework, control: $0.control) })
        }
        if let breaks = wants.breaks[rule.id], breaks != counting(.direct) { return true }
        if let hints = wants.hints[rule.id], hints != counting(.indicator) { return true }
        return false
    }
}

extension Policy {
    fileprivate func with(_ rules: [Rule]) -> Policy {
        Policy(
            id: id, title: title, digest: digest, frameworks: frameworks, rules: rules,
            waiverLimits: waiverLimits, tailoring: tailoring, anchors: anchors)
    }
}
