import Detection
import Model

/// What `detectors list` and `detectors check` print.
package enum DetectorListing {
    /// One line a rule.
    package static func rules(adding files: [String]) throws(AuditError) -> [String] {
        let rules = try PolicySources.detectors(adding: files)
        return Columns.aligned(rules.map { [$0.id, $0.kind.rawValue, $0.severity.rawValue, $0.title] })
    }

    /// How many rules hold, in a line; where some do not, throws every problem instead.
    package static func check(adding files: [String]) throws(AuditError) -> [String] {
        let rules = try PolicySources.detectors(adding: files)
        let problems = try problems(with: rules)
        guard problems.isEmpty else {
            let count = problems.count == 1 ? "1 problem" : "\(problems.count) problems"
            throw AuditError(
                code: .brokenDetectors,
                listing: (problems.map(\.description) + [count]).joined(separator: "\n"))
        }
        let tries = rules.reduce(0) { $0 + $1.examples.count + $1.counterexamples.count }
        return ["\(rules.count) rules hold in both engines, over \(tries) examples and counterexamples"]
    }

    private static func problems(with rules: [DetectorRule]) throws(AuditError) -> [DetectorCheck.Problem] {
        do {
            return try DetectorCheck.problems(with: rules)
        } catch {
            throw AuditError(code: .brokenDetectors, place: "", reason: error.description)
        }
    }
}
