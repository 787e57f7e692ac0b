internal import Model

extension HTMLViews {
    func framework(_ scorecard: Scorecard) -> TemplateView {
        let silent = scorecard.controls.filter(\.isSilent)
        let usual = Silence.usual(of: silent)
        return view([
            "anchor": scorecard.anchor,
            "title": scorecard.title,
            "source": scorecard.source,
            "note": scorecard.note ?? .empty,
            "groups": groups(of: scorecard, where: { !$0.isSilent }) { control($0, of: scorecard) },
            "hasSilent": !silent.isEmpty,
            "silentText": "\(silent.count, "control") this report cannot decide" as SafeText,
            "usual": view(["status": usual?.status ?? .empty, "reason": usual?.reason ?? .empty]),
            "silent": groups(of: scorecard, where: \.isSilent) { control in
                let silence = Silence(control)
                return view([
                    "anchor": control.anchor(in: scorecard), "id": control.id, "title": control.title,
                    "status": silence.status, "reason": silence == usual ? .empty : silence.reason,
                ])
            },
        ])
    }

    private func groups(
        of scorecard: Scorecard, where isListed: (ControlRow) -> Bool, row: (ControlRow) -> TemplateView
    ) -> [TemplateView] {
        scorecard.groups.compactMap { group in
            let controls = group.controls.filter(isListed)
            guard !controls.isEmpty else { return nil }
            return view([
                "title": group.title, "showsTitle": scorecard.groups.count > 1,
                "controls": controls.map(row),
            ])
        }
    }

    private func control(_ control: ControlRow, of scorecard: Scorecard) -> TemplateView {
        let met = control.contributions.filter { $0.status == .pass }
        let others = control.contributions.filter { $0.status != .pass }
        return view([
            "anchor": control.anchor(in: scorecard),
            "isOpen": control.status.needsAttention,
            "status": status(control.status),
            "id": control.id,
            "title": control.title,
            "reason": control.reason,
            "canSay": control.canSay ?? .empty,
            "cannotSay": control.cannotSay ?? .empty,
            "hasEvidence": !others.isEmpty,
            "contributions": others.map(contribution),
            "hasMet": !met.isEmpty,
            "met": [
                self.met("Met", met.filter { $0.relation == .direct }),
                self.met("Indicators met", met.filter { $0.relation == .indicator }),
            ].compactMap { $0 },
        ])
    }

    private func met(_ label: SafeText, _ contributions: [ControlRow.Contribution]) -> TemplateView? {
        guard let last = contributions.indices.last else { return nil }
        let rules = contributions.enumerated().map { position, contribution in
            view([
                "id": contribution.rule, "anchor": contribution.rule.anchor, "isLast": position == last,
            ])
        }
        return view(["label": label, "rules": rules])
    }

    private func contribution(_ contribution: ControlRow.Contribution) -> TemplateView {
        view([
            "status": status(contribution.status),
            "rule": contribution.rule,
            "ruleAnchor": contribution.rule.anchor,
            "relation": .word(contribution.relation) as SafeText,
            "rationale": contribution.rationale,
            "reason": contribution.reason,
            "subjects": references(contribution.subjects, limit: 5),
        ])
    }
}

/// Why a control is left to people.
private struct Silence: Hashable {
    let status: SafeText
    let reason: SafeText

    init(_ control: ControlRow) {
        status = control.status.label
        reason = control.cannotSay ?? control.reason
    }

    /// What most of them say, so that it is said once; of equally many the first.
    static func usual(of controls: [ControlRow]) -> Silence? {
        let all = controls.map(Silence.init)
        let counts = Dictionary(all.map { ($0, 1) }, uniquingKeysWith: +)
        let most = counts.values.max()
        return all.first { counts[$0] == most }
    }
}

extension ControlRow {
    /// Whether no rule speaks to it, and so only a person can judge it.
    fileprivate var isSilent: Bool {
        (status == .manual || status == .notApplicable) && contributions.isEmpty
    }

    /// Where it is found in the page: `nist-csf-PR.DS-01`.
    func anchor(in scorecard: Scorecard) -> SafeText { "\(scorecard.id.anchor)-\(id.anchor)" }
}
