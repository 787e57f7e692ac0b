import Evaluation
import Model

/// All that evidence is held against: the policy, what people signed, and what was found before.
struct Judgement {
    let selection: PolicySelection
    let loaded: LoadedPolicy
    private let evaluator: Evaluator
    private let baseline: Baseline?

    init(_ selection: PolicySelection) throws(AuditError) {
        self.selection = selection
        loaded = try PolicySources.load(try PolicySources.documents(selection))
        evaluator = Evaluator(loaded.policy, signOffs: loaded.signOffs)
        baseline = selection.baselines.isEmpty ? nil : try Baseline(selection.baselines)
    }

    /// Throws where an audit under the key `id` could not be held against what was found before.
    func requireKey(_ id: String) throws(AuditError) { try baseline?.requireKey(id) }

    /// The evidence with what was found before, as it is to be judged.
    func noted(in evidence: Evidence) throws(AuditError) -> Evidence {
        try baseline?.noted(in: evidence) ?? evidence
    }

    /// Judges the evidence, in which everything is noted, as things stood at `asOf`, and writes the reports.
    ///
    /// An only image has no others beside it in the run.
    func publish(
        _ evidence: Evidence, asOf: Instant, _ reports: ReportSelection, _ layout: ReportLayout,
        folder: String?, isOnlyImage: Bool
    ) async throws(AuditError) -> ImageOutcome {
        let judged = evaluator.judged(evidence, asOf: asOf)
        return try await Publication.publish(
            evaluator.assess(judged), of: evidence, judged, under: loaded.policy, from: selection, reports,
            layout, folder: folder, isOnlyImage: isOnlyImage)
    }
}
