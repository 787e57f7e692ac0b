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
package enum Evaluator {
    /// The assessment of `evidence` as things stood at `asOf`.
    package static func assess(
        _ evidence: Evidence, against policy: Policy, signOffs: SignOffs = .none, asOf: Instant
    ) -> Assessment {
        // Whoever tells of a finding ran; where the receipt is missing, its rules are open and not left out.
        let witnesses = Set(evidence.findings.flatMap { $0.witnesses ?? [] }.map(\.detector))
        let isWhole = witnesses.isSubset(of: evidence.receipts.map(\.detector))
        let judge = RuleJudge(judged(evidence, against: policy, asOf: asOf), asOf: asOf)
        let policy = policy.leavingOut { rule in
            isWhole && rule.isOptional
                && !evidence.receipts.contains { !Set($0.provides).isDisjoint(with: rule.requires) }
                && (rule.subject == .image || !judge.verdict(on: rule).isViolated)
        }
        let verdicts = policy.rules.map { (rule: $0, verdict: judge.verdict(on: $0)) }
        let waivers = WaiverLedger(
            signOffs.waivers, over: verdicts, of: evidence, limits: policy.waiverLimits, asOf: asOf)
        let rules = verdicts.map { RuleResult($0.rule, $0.verdict, accepting: waivers) }
        let status = StatusLattice.image(rules.map(\.status))
        let controls = controls(policy, rules)
        let words = AttestationLedger(signOffs.attestations, of: evidence.image, asOf: asOf)
        return Assessment(
            image: evidence.image, asOf: asOf,
            policy: .init(
                id: policy.id, title: policy.title, digest: policy.digest, tailoring: policy.tailoring),
            status: status, reason: reason(status, rules),
            statusWithoutWaivers: StatusLattice.image(rules.map(\.statusWithoutWaivers)),
            signOffs: signOffs.digest, waivers: waivers.results,
            attestations: words.results(over: controls), rules: rules, controls: controls.map(words.settle),
            contradictions: ContradictionCheck.contradictions(in: evidence))
    }

    /// `evidence` with what `policy` says of each thing in it that an image trusts.
    package static func judged(
        _ evidence: Evidence, against policy: Policy, asOf: Instant
    ) -> Evidence {
        guard evidence.schemaVersion == Evidence.schema else { return evidence }
        return TrustJudge(policy.anchors, asOf: asOf).judged(evidence)
    }

    private static func controls(_ policy: Policy, _ results: [RuleResult]) -> [ControlResult] {
        var contributions: [ControlName: [ControlResult.Contribution]] = [:]
        for (rule, result) in zip(policy.rules, results) {
            for edge in rule.controls {
                contributions[ControlName(framework: edge.framework, control: edge.control), default: []]
                    .append(
                        .init(
                            rule: rule.id, relation: edge.relation, status: result.status,
                            rationale: edge.rationale))
            }
        }
        return policy.frameworks.sorted { $0.id < $1.id }.flatMap { framework in
            framework.controls.map { control in
                let name = ControlName(framework: framework.id, control: control.id)
                return ControlResult(
                    control, of: framework,
                    contributions: contributions[name, default: []].sorted {
                        ($0.rule, $0.relation.rawValue, $0.rationale) < (
                            $1.rule, $1.relation.rawValue, $1.rationale
                        )
                    })
            }
        }
    }

    private static func reason(_ status: Status, _ rules: [RuleResult]) -> String {
        func named(_ status: Status) -> [String] { rules.filter { $0.status == status }.map(\.id) }
        func clause(_ status: Status, _ what: String) -> String? {
            let ids = named(status)
            guard !ids.isEmpty else { return nil }
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
            return "\(named(.pass).count) of \(Phrase.count(rules.count, "rule")) passed, none is broken"
        case .notAssessed where rules.isEmpty: return "verdict withheld: the policy has no rules"
        case .notAssessed where clauses.isEmpty: return "verdict withheld: no rule is about this image"
        case .notAssessed, .error: return "verdict withheld: " + clauses.joined(separator: "; ")
        default: return clauses.joined(separator: "; ")
        }
    }
}
