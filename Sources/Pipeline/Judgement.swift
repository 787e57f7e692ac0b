import Evaluation
import Model

/// All that evidence is held against: the policy, what people signed, and what was found before.
struct Judgement {
    private let selection: PolicySelection
    private let policy: Policy
    private let signOffs: SignOffs
    private let baseline: Baseline?

    init(_ selection: PolicySelection) throws(AuditError) {
        self.selection = selection
        (policy, signOffs) = try PolicySources.policy(selection)
        baseline = try selection.baseline.map { path throws(AuditError) in try Baseline(path) }
    }

    /// Judges the evidence as things stood at `asOf`, and writes the reports.
    func publish(
        _ evidence: Evidence, asOf: Instant, _ reports: ReportSelection
    ) throws(AuditError) -> ImageOutcome {
        let evidence = try baseline?.noted(in: evidence) ?? evidence
        let assessment = Evaluator.assess(evidence, against: policy, signOffs: signOffs, asOf: asOf)
        return try Publication.publish(
            assessment, of: evidence, under: policy, from: selection, reports)
    }
}
