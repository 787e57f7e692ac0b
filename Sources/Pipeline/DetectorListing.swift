import Detection
import Model

/// What `detectors list` and `detectors check` print.
package enum DetectorListing {
    /// One line a rule.
    package static func rules(adding files: [String]) throws(AuditError) -> [String] {
        let rules = try PolicySources.detectors(adding: files)
        return Columns.aligned(rules.map { [$0.id, $0.kind.rawValue, $0.severity.rawValue, $0.title] })
    }

    /// The number of rules that hold; those that do not are thrown with every problem.
    package static func check(adding files: [String]) throws(AuditError) -> [String] {
        let rules = try PolicySources.detectors(adding: files)
        let problems = try problems(with: rules)
        guard problems.isEmpty else {
            throw AuditError(
                code: .brokenDetectors,
                listing: (problems.map(String.init(describing:)) + ["\(problems.count) problems"])
                    .joined(separator: "\n"))
        }
        let tries = rules.reduce(0) { $0 + $1.examples.count + $1.counterexamples.count }
        return ["\(rules.count) rules hold in both engines, over \(tries) examples and counterexamples"]
    }

    private static func problems(with rules: [DetectorRule]) throws(AuditError) -> [DetectorCheck.Problem] {
        do {
            return try DetectorCheck.problems(with: rules)
        } catch {
            throw AuditError(code: .brokenDetectors, place: "", reason: String(describing: error))
        }
    }
}
