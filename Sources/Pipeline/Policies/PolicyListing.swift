import Evaluation
import Model
import PolicyLoading

/// What `policy check` and `policy list` print.
package enum PolicyListing {
    /// The policy in a few lines, how its rules speak to each framework, and how many cases test it; what is broken is
    /// thrown with every diagnostic.
    package static func check(
        _ selection: PolicySelection, listingControls: Bool = false
    ) throws(AuditError) -> [String] {
        let files = selection.paths.filter { !PolicySources.isBuiltin($0) }
        let tests = Set(try PolicySources.tests(at: files).map(\.path))
        var policies = selection
        policies.paths.removeAll(where: tests.contains)
        let isOnlyTests = policies.paths.isEmpty && !tests.isEmpty
        let lines = isOnlyTests ? [] : try coverage(of: policies, listingControls)
        return try lines
            + (tests.isEmpty ? [] : PolicyTrials.load(files)).map {
                "policy \($0.policy.id): \($0.trials.count == 1 ? "1 case tests" : "\($0.trials.count) cases test") it"
            }
    }

    private static func coverage(
        of selection: PolicySelection, _ listingControls: Bool
    ) throws(AuditError) -> [String] {
        let policy = try PolicySources.policy(selection).policy
        var lines = ["policy \(policy.id): \(policy.rules.count) rules, digest \(policy.digest)"]
        for framework in policy.frameworks {
            let coverage = FrameworkCoverage(framework, of: policy)
            lines.append(
                "\(framework.title) \(framework.edition): \(framework.controls.count) controls, "
                    + coverage.groups.map { "\($0.controls.count) \($0.words)" }.joined(separator: ", "))
            guard listingControls else { continue }
            for group in coverage.groups where !group.controls.isEmpty {
                lines.append("  \(group.words)")
                lines += Columns.wrapped(group.controls)
            }
        }
        return lines
    }

    /// A few lines a rule: what it is called, what a match means, what it needs, and the controls it speaks to.
    package static func rules(_ selection: PolicySelection) throws(AuditError) -> [String] {
        try PolicySources.policy(selection).policy.rules.flatMap { rule in
            let needs = rule.requires.map(\.rawValue).joined(separator: ", ")
            let heading = "\(rule.id)  \(rule.effect.rawValue) \(rule.severity.rawValue), needs \(needs)"
            return [heading] + Columns.wrapped([rule.title]) + Columns.wrapped(rule.controls.map(\.control))
        }
    }

    /// A line a control, and below it the rules that speak to it.
    package static func controls(_ selection: PolicySelection) throws(AuditError) -> [String] {
        let policy = try PolicySources.policy(selection).policy
        let edges = policy.rules.flatMap { rule in rule.controls.map { (rule: rule.id, edge: $0) } }
        return policy.frameworks.flatMap { framework in
            framework.controls.flatMap { control in
                let rules = edges.filter {
                    $0.edge.framework == framework.id && $0.edge.control == control.id
                }
                return ["\(control.id)  \(control.reach.rawValue)  \(control.title)"]
                    + Columns.wrapped(rules.map(\.rule))
            }
        }
    }

    /// The kinds of documents there are.
    package static let kinds = DocumentKind.allCases.map(\.rawValue)

    /// The JSON Schema of a kind of document; nothing for one that there is not.
    package static func schema(of kind: String) -> [String] {
        DocumentKind(rawValue: kind).map { [String(DocumentSchema.text(of: $0).dropLast())] } ?? []
    }
}
