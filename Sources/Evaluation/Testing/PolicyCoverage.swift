internal import Model

/// What the cases of a policy have tried of it: a rule, a part of a matcher or an edge is covered once it has come out both ways.
package struct PolicyCoverage: Sendable {
    /// How many there are, and how many came out both ways.
    package struct Count: Hashable, Sendable {
        package var all = 0
        package var covered = 0
    }

    package private(set) var rules = Count()
    package private(set) var matchers = Count()
    package private(set) var edges = Count()
    /// What has not come out both ways, a line each, in the order of the rules.
    package private(set) var missing: [String] = []

    package init(_ trial: PolicyTrial) {
        let assessed = trial.trials.map { ($0, trial.assessment(of: $0, under: trial.policy)) }
        let judged = trial.trials.map { item in
            (
                evidence: Evaluator.judged(item.evidence, against: trial.policy, asOf: item.wanted.asOf),
                asOf: item.wanted.asOf
            )
        }
        for rule in trial.policy.rules
        where trial.ownRules.contains(rule.id) || trial.changes(rule) {
            let seen = assessed.map { item, assessment in
                (trial: item, status: assessment.rules.first { $0.id == rule.id }?.status)
            }
            let broken = seen.filter { $0.status == .fail || $0.status == .warn }.map(\.trial)
            let isPassed = seen.contains { $0.status == .pass }
            note(
                \.rules, "rule \(rule.id)", both: !broken.isEmpty && isPassed,
                broken.isEmpty ? "no case breaks it" : "no case passes it", rule)
            guard trial.ownRules.contains(rule.id) else { continue }
            coverMatcher(of: rule, judged)
            coverEdges(of: rule, brokenIn: broken, isPassed: isPassed)
        }
    }

    private mutating func coverMatcher(of rule: Rule, _ judged: [(evidence: Evidence, asOf: Instant)]) {
        var trace = MatcherTrace()
        for (evidence, asOf) in judged {
            func record(_ facts: some Facts) {
                trace.record(rule.matcher, on: facts, asOf: asOf, absence: .answersExists)
            }
            switch rule.subject {
            case .finding: for finding in evidence.findings { record(finding) }
            case .inventory: for item in evidence.inventory { record(item) }
            case .image: record(evidence)
            }
        }
        for part in MatcherTrace.parts(of: rule.matcher) {
            let held = trace.held.contains(part.place)
            note(
                \.matchers, "\(rule.id): \(part.words)", both: held && trace.failed.contains(part.place),
                held ? "holds wherever it is tried" : "holds nowhere", rule)
        }
    }

    /// An edge has counted where a case that breaks the rule names the control.
    private mutating func coverEdges(of rule: Rule, brokenIn trials: [PolicyTrial.Trial], isPassed: Bool) {
        let wants = trials.map(\.wanted.wants)
        for edge in rule.controls {
            let name = ControlName(framework: edge.framework, control: edge.control)
            let isNamed = wants.contains { wants in
                let table = edge.relation == .direct ? wants.breaks : wants.hints
                return table[rule.id]?.contains(name) ?? false
            }
            note(
                \.edges, "\(rule.id) → \(edge.control)", both: isNamed && isPassed,
                isNamed ? "no case passes the rule" : "no case that breaks the rule names the control", rule)
        }
    }

    private mutating func note(
        _ count: WritableKeyPath<PolicyCoverage, Count>, _ what: String, both: Bool, _ reason: String,
        _ rule: Rule
    ) {
        self[keyPath: count].all += 1
        if both {
            self[keyPath: count].covered += 1
        } else {
            missing.append("\(rule.source): \(what): \(reason)")
        }
    }
}
