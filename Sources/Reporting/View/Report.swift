package import Model

/// What every format lays out: built once from the evidence, the assessment and the policy; sorted, counted, grouped.
///
/// **The one place where text is made safe to show.** Everything below is numbers, words of our own and ``SafeText``;
/// what an image calls its files reaches no format in any other way. The two JSON documents are the exception: they are
/// the data itself, for programs, and JSON has its own escapes.
///
/// Things are numbered here too. A *subject* is what rules judge, as a reader counts: one secret, however many files
/// hold it. Its number is the same in the timeline, in the controls, in the rules and in the findings.
package struct Report: Sendable {
    /// What the image is known by, with what the policy says of what it trusts.
    let evidence: Evidence
    /// The same before any policy was held against it: the document that others judge again.
    let unjudged: Evidence
    let assessment: Assessment

    package let tool: SafeText
    package let image: ImageSummary
    package let verdict: Verdict
    package let basis: Basis
    package let scorecards: [Scorecard]
    package let rules: [RuleRow]
    package let subjects: [Subject]
    /// How many findings there are of each severity, worst first, those with none left out.
    package let severities: [(severity: Severity, count: Int)]
    package let remedies: [Remedy]
    package let timeline: Timeline
    package let layers: [LayerRow]
    package let inventory: [InventoryGroup]
    package let gaps: [GapRow]
    package let receipts: [ReceiptRow]
    package let contradictions: [ContradictionRow]
    package let waivers: [WaiverRow]
    package let attestations: [AttestationRow]
    package let approvals: [ApprovalRow]
    package let tailoring: [TailoringRow]
    package let reproduction: Reproduction

    /// The report on `assessment`, which must be of `evidence` under `policy`.
    ///
    /// `judged` is the evidence with what the policy says of what the image trusts. What evidence from a file says of that
    /// itself is worth nothing, so it reaches no report but the copy of the evidence. `words` are those of the command line
    /// that name the policy, what people signed and the templates, whose digest is given where they are not the built-in ones.
    package init(
        evidence: Evidence, judged: Evidence, assessment: Assessment, policy: Policy, toolVersion: String,
        judging words: [String], templates: Digest? = nil
    ) {
        unjudged = evidence
        let evidence = judged
        self.evidence = evidence
        self.assessment = assessment
        tool = "palimpsest \(SafeText.cleaning(toolVersion, limit: 40))"
        image = ImageSummary(evidence.image, among: evidence.comparedWith ?? [])
        subjects = Subject.numbered(
            evidence: evidence, results: assessment.rules, contradictions: assessment.contradictions ?? [])
        severities = Self.severities(subjects)
        let numbers = SubjectNumbers(subjects)
        rules = RuleRow.sorted(assessment.rules, policy: policy, numbers: numbers)
        let outcome = Outcome(rules: rules, controls: assessment.controls)
        scorecards = Scorecard.ordered(policy, outcome: outcome)
        remedies = Remedy.grouped(subjects: subjects, rules: rules)
        layers = evidence.layers.map(LayerRow.init)
        timeline = Timeline(layers: layers, subjects: subjects)
        inventory = InventoryGroup.grouped(evidence.inventory)
        gaps = evidence.gaps.map(GapRow.init)
        receipts = evidence.receipts.map(ReceiptRow.init)
        contradictions = (assessment.contradictions ?? []).map { ContradictionRow($0, numbers: numbers) }
        waivers = assessment.waivers.map { WaiverRow($0, numbers: numbers) }
        attestations = assessment.attestations.map(AttestationRow.init)
        approvals = ApprovalRow.all(in: evidence.inventory, by: policy.anchors)
        tailoring = assessment.policy.tailoring.map(TailoringRow.init)
        basis = Basis(evidence: evidence, assessment: assessment)
        verdict = Verdict(assessment)
        reproduction = Reproduction(
            evidence: evidence, assessment: assessment, judging: words, templates: templates)
    }

    private static func severities(_ subjects: [Subject]) -> [(severity: Severity, count: Int)] {
        Severity.allCases.reversed().compactMap { severity in
            let count = subjects.count { $0.severity == severity && $0.isFinding }
            return count == 0 ? nil : (severity, count)
        }
    }
}
