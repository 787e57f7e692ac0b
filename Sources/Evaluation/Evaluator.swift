package import Model

/// Holds evidence against policy.
///
/// A pure function of the evidence, the policy, what people signed, and an instant: no clock, no input or output, and no
/// dependence on the order in which anything is listed. It goes up in steps, and none looks back: each rule gets a
/// verdict (``RuleJudge``), waivers say what of it was accepted (``WaiverLedger``), each control is what the rules that
/// speak to it make of it, and the image is what its rules are (both in ``StatusLattice``). What no evidence can settle
/// a person may attest (``AttestationLedger``).
///
/// A rule passes only with a ``Coverage``, the proof that all it requires was looked at to the last byte. Evidence that
/// is missing, cut short or about another image leads to `not-assessed`, never to `pass`. Optional rules are left out
/// where no detector was asked for what they require and nothing found breaks them: what nobody was asked is in no
/// assessment, neither met nor open.
///
/// What follows from the policy alone is made once, so that many images can be held against it.
package struct Evaluator {
    private let policy: Policy
    private let signOffs: SignOffs
    private let trust: TrustJudge
    private let rules: [RulePlan]
    private let controls: [ControlPlan]

    package init(_ policy: Policy, signOffs: SignOffs = .none) {
        self.policy = policy
        self.signOffs = signOffs
        trust = TrustJudge(policy.anchors)
        rules = policy.rules.map(RulePlan.init)
        controls = ControlPlan.plans(for: policy)
    }

    /// The assessment of `evidence` as things stood at `asOf`.
    package static func assess(
        _ evidence: Evidence, against policy: Policy, signOffs: SignOffs = .none, asOf: Instant
    ) -> Assessment {
        Evaluator(policy, signOffs: signOffs).assess(evidence, asOf: asOf)
    }

    /// The assessment of `evidence` as things stood at `asOf`.
    package func assess(_ evidence: Evidence, asOf: Instant) -> Assessment {
        assess(judged(evidence, asOf: asOf))
    }

    /// `evidence` with what the policy says of each thing in it that an image trusts.
    package func judged(_ evidence: Evidence, asOf: Instant) -> JudgedEvidence {
        trust.judged(evidence, asOf: asOf)
    }

    /// The assessment of evidence that this policy was asked about already.
    package func assess(_ judged: JudgedEvidence) -> Assessment {
        let (evidence, asOf) = (judged.evidence, judged.asOf)
        let verdicts = verdicts(on: judged)
        let waivers = WaiverLedger(
            signOffs.waivers, over: policy.rules, verdicts, of: evidence, limits: policy.waiverLimits,
            asOf: asOf)
        let results = zip(self.rules, verdicts).map { plan, verdict in
            verdict.map { RuleResult(plan.rule, $0, accepting: waivers) }
        }
        let rules = results.compactMap(\.self)
        let status = StatusLattice.image(rules.map(\.status))
        let statuses = results.map { $0?.status }
        let controls = controls.map { $0.result(of: statuses) }
        let words = AttestationLedger(signOffs.attestations, of: evidence.image, asOf: asOf)
        return Assessment(
            image: evidence.image, asOf: asOf,
            policy: .init(
                id: policy.id, title: policy.title, digest: policy.digest, tailoring: policy.tailoring),
            status: status, reason: Self.reason(status, rules),
            statusWithoutWaivers: StatusLattice.image(rules.map(\.statusWithoutWaivers)),
            signOffs: signOffs.digest, waivers: waivers.results,
            attestations: words.results(over: controls), rules: rules, controls: words.settled(controls),
            contradictions: ContradictionCheck.contradictions(in: evidence))
    }

    /// `evidence` with what `policy` says of each thing in it that an image trusts.
    package static func judged(
        _ evidence: Evidence, against policy: Policy, asOf: Instant
    ) -> Evidence {
        TrustJudge(policy.anchors).judged(evidence, asOf: asOf).evidence
    }

    /// What comes out for each rule of the policy in turn; nil where the rule is left out.
    private func verdicts(on judged: JudgedEvidence) -> [RuleVerdict?] {
        let evidence = judged.evidence
        let findings = evidence.findings
        // Whoever tells of a finding ran; where the receipt is missing, its rules are open and not left out.
        let witnesses = Set(findings.indices.lazy.flatMap { findings[$0].witnesses ?? [] }.map(\.detector))
        let isWhole = witnesses.isSubset(of: evidence.receipts.map(\.detector))
        let provided = Set(evidence.receipts.flatMap(\.provides))
        let judge = RuleJudge(evidence, asOf: judged.asOf)
        return rules.map { plan in
            let isUnasked = isWhole && plan.isUnasked(of: provided)
            guard !isUnasked || plan.rule.subject != .image else { return nil }
            let verdict = judge.verdict(on: plan)
            return isUnasked && !verdict.isViolated ? nil : verdict
        }
    }

    private static func reason(_ status: Status, _ rules: [RuleResult]) -> String {
        let named = rules.reduce(into: [Status: [String]]()) { $0[$1.status, default: []].append($1.id) }
        func clause(_ status: Status, _ what: String) -> String? {
            guard let ids = named[status] else { return nil }
            return
                "\(ids.count) of \(Phrase.count(rules.count, "rule")) \(what) (\(Phrase.list(ids, limit: 3)))"
        }
        let clauses = [
            clause(.error, "could not be judged"), clause(.notAssessed, "not assessed"),
            clause(.manual, "left to a person"), clause(.fail, "failed"), clause(.warn, "warned"),
            clause(.waived, "waived"),
        ].compactMap(\.self)
        switch status {
        case .pass:
            return
                "\(named[.pass, default: []].count) of \(Phrase.count(rules.count, "rule")) passed, none is broken"
        case .notAssessed where rules.isEmpty: return "verdict withheld: the policy has no rules"
        case .notAssessed where clauses.isEmpty: return "verdict withheld: no rule is about this image"
        case .notAssessed, .error: return "verdict withheld: " + clauses.joined(separator: "; ")
        default: return clauses.joined(separator: "; ")
        }
    }
}
