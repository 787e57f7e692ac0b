package import Model

/// A rule with one thing in it changed, as somebody might by mistake.
package struct PolicyMutant: Sendable {
    package let original: Rule
    /// What is changed, in words.
    package let change: String
    package let rule: Rule

    /// Every mutant of `rule`; of one that a policy only changes, those of what it can change.
    static func all(of rule: Rule, isOwn: Bool) -> [PolicyMutant] {
        var mutants: [PolicyMutant] = []
        func add(_ change: String, _ make: (inout Rule) -> Void) {
            var mutated = rule
            make(&mutated)
            mutants.append(PolicyMutant(original: rule, change: change, rule: mutated))
        }
        let effect: Rule.Effect = rule.effect == .fail ? .warn : .fail
        add("effect \(rule.effect) → \(effect)") { $0.effect = effect }
        let severity = rule.severity.neighbour
        add("severity \(rule.severity) → \(severity)") { $0.severity = severity }
        add("at most \(rule.atMost) → \(rule.atMost + 1)") { $0.atMost += 1 }
        for (change, matcher) in rule.matcher.mutants(onlyThresholds: !isOwn) {
            add(change) { $0.matcher = matcher }
        }
        guard isOwn else { return mutants }
        for required in rule.requires where rule.requires.count > 1 {
            add("does not require \(required.rawValue)") { $0.requires.removeAll { $0 == required } }
        }
        for (position, edge) in rule.controls.enumerated() {
            add("says nothing of \(edge.control)") { $0.controls.remove(at: position) }
            let relation: ControlEdge.Relation = edge.relation == .direct ? .indicator : .direct
            add("\(edge.control) \(edge.relation.rawValue) → \(relation.rawValue)") {
                $0.controls[position] = ControlEdge(
                    framework: edge.framework, control: edge.control, relation: relation,
                    rationale: edge.rationale)
            }
        }
        return mutants
    }
}

extension Severity {
    /// The next lower one; of the lowest the next higher.
    fileprivate var neighbour: Severity {
        Self.allCases.last { $0 < self } ?? .low
    }
}

extension Matcher {
    /// What it was and became, and the matcher with that change.
    fileprivate typealias Mutant = (change: String, matcher: Matcher)

    fileprivate func mutants(onlyThresholds: Bool) -> [Mutant] {
        switch self {
        case .test(let field, let test):
            let thresholds = test.neighbours(of: field.type).map { neighbour -> Mutant in
                let matcher = Matcher.test(field, neighbour)
                return ("\(words) → \(matcher.words)", matcher)
            }
            return onlyThresholds ? thresholds : thresholds + [("\(words) → not", .not(self))] + narrowed
        case .not(let operand):
            return operand.mutants(onlyThresholds: onlyThresholds).map { ($0.change, .not($0.matcher)) }
        case .all(let operands):
            return Self.mutants(of: operands, onlyThresholds, as: Matcher.all)
                + Self.structural(operands, onlyThresholds, "all", as: Matcher.all, other: Matcher.any)
        case .any(let operands):
            return Self.mutants(of: operands, onlyThresholds, as: Matcher.any)
                + Self.structural(operands, onlyThresholds, "any", as: Matcher.any, other: Matcher.all)
        }
    }

    /// Those of each operand.
    private static func mutants(
        of operands: [Matcher], _ onlyThresholds: Bool, as make: ([Matcher]) -> Matcher
    ) -> [Mutant] {
        operands.enumerated().flatMap { position, operand in
            operand.mutants(onlyThresholds: onlyThresholds).map { mutant -> Mutant in
                var changed = operands
                changed[position] = mutant.matcher
                return (mutant.change, make(changed))
            }
        }
    }

    /// Without each operand, and with the other way to combine them.
    private static func structural(
        _ operands: [Matcher], _ onlyThresholds: Bool, _ word: String, as make: ([Matcher]) -> Matcher,
        other: ([Matcher]) -> Matcher
    ) -> [Mutant] {
        guard operands.count > 1, !onlyThresholds else { return [] }
        let shortened = operands.indices.map { position -> Mutant in
            var changed = operands
            let dropped = changed.remove(at: position)
            return ("without: \(dropped.words)", make(changed))
        }
        let change = "\(word) → \(word == "all" ? "any" : "all"): \(make(operands).words)"
        return shortened + [(change, other(operands))]
    }

    /// Without each of the values that it lists.
    private var narrowed: [Mutant] {
        guard case .test(let field, .isIn(let values)) = self, values.count > 1 else { return [] }
        return values.indices.map { position in
            var changed = values
            let dropped = changed.remove(at: position)
            return ("\(field.name) in: without \(dropped.display)", .test(field, .isIn(changed)))
        }
    }
}

extension Matcher.Test {
    /// The tests of a field of this type with the next thresholds.
    fileprivate func neighbours(of type: FactType) -> [Matcher.Test] {
        switch self {
        case .atLeast(.number(let bound)):
            let next = [-1, 1].map { bound.addingReportingOverflow($0) }
            return next.filter { !$0.overflow }.map { .atLeast(.number($0.partialValue)) }
        case .atLeast(.text(let word)):
            let names =
                type == .severity ? Severity.allCases.map(\.rawValue) : Confidence.allCases.map(\.rawValue)
            guard let position = names.firstIndex(of: word) else { return [] }
            let next = [position - 1, position + 1].filter(names.indices.contains)
            return next.map { .atLeast(.text(names[$0])) }
        case .olderThan(let days): return [days - 1, days + 1].map { .olderThan(days: $0) }
        default: return []
        }
    }
}
