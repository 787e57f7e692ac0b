package import Model

/// Evidence with what a policy says, as things stood at an instant, of each thing in it that an image trusts.
///
/// Only ``Evaluator/judged(_:asOf:)`` makes it, so that nothing is assessed on what evidence from a file says of that itself.
package struct JudgedEvidence: Sendable {
    package let evidence: Evidence
    let asOf: Instant

    init(_ evidence: Evidence, asOf: Instant) {
        self.evidence = evidence
        self.asOf = asOf
    }
}
