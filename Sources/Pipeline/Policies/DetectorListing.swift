import Detection
import Model

/// What `detectors list` and `detectors check` print.
package enum DetectorListing {
    /// One line a rule; where that does not fit into `columns`, as many as it takes.
    package static func rules(
        adding files: [String], within columns: Int? = nil
    ) throws(AuditError) -> [String] {
        let rules = try PolicySources.detectors(adding: files).rules
        return Columns.aligned(
            rules.map { [$0.id, $0.kind.rawValue, $0.severity.rawValue, $0.title] }, within: columns)
    }

    /// How many rules hold, and what is to be known of them; where some do not, throws every problem instead.
    package static func check(
        adding files: [String]
    ) throws(AuditError) -> (lines: [String], warnings: [String]) {
        let selection = PolicySources.withoutRefused(try PolicySources.detectors(adding: files))
        let rules = selection.rules
        let problems = try problems(with: rules)
        guard problems.isEmpty else {
            let count = problems.count == 1 ? "1 problem" : "\(problems.count) problems"
            throw AuditError(
                code: .brokenDetectors,
                listing: (problems.map(\.description) + [count]).joined(separator: "\n"))
        }
        let tries = rules.reduce(0) { $0 + $1.examples.count + $1.counterexamples.count }
        let lines = [
            "\(rules.count) rules hold in both engines, over \(tries) examples and counterexamples; "
                + "none backtracks without bound"
        ]
        return (lines, selection.notes + warnings(about: rules))
    }

    private static func warnings(about rules: [DetectorRule]) -> [String] {
        let foreign = Dictionary(grouping: rules.filter(\.isForeign)) { rule in
            String(rule.source.prefix { $0 != ":" })
        }
        return DetectorCheck.warnings(about: rules).map(\.description)
            + foreign.sorted { $0.key < $1.key }.map { file, rules in
                rules.count == 1
                    ? "\(file): 1 rule has no examples to try, and no remediation of its own"
                    : "\(file): \(rules.count) rules have no examples to try, and no remediation of their own"
            }
    }

    private static func problems(with rules: [DetectorRule]) throws(AuditError) -> [DetectorCheck.Problem] {
        do {
            return try DetectorCheck.problems(with: rules)
        } catch {
            throw AuditError(code: .brokenDetectors, place: "", reason: error.description)
        }
    }
}
