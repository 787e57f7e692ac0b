internal import Model

extension HTMLViews {
    func framework(_ scorecard: Scorecard) -> TemplateView {
        let silent = scorecard.controls.filter(\.isSilent)
        return view([
            "anchor": scorecard.anchor,
            "title": scorecard.title,
            "source": scorecard.source,
            "note": scorecard.note ?? .empty,
            "groups": groups(of: scorecard) { !$0.isSilent },
            "hasSilent": !silent.isEmpty,
            "silentText": "\(silent.count, "control") this report cannot decide" as SafeText,
            "silent": groups(of: scorecard, where: \.isSilent),
        ])
    }

    private func groups(
        of scorecard: Scorecard, where isListed: (ControlRow) -> Bool
    ) -> [TemplateView] {
        scorecard.groups.compactMap { group in
            let controls = group.controls.filter(isListed)
            guard !controls.isEmpty else { return nil }
            return view([
                "title": group.title,
                "showsTitle": scorecard.groups.count > 1,
                "controls": controls.map {
                    $0.isSilent ? silent($0, of: scorecard) : control($0, of: scorecard)
                },
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
            "met": met.map { contribution in
                view([
                    "rule": contribution.rule, "ruleAnchor": contribution.rule.anchor,
                    "isIndicator": contribution.relation == .indicator,
                ])
            },
        ])
    }

    private func contribution(_ contribution: ControlRow.Contribution) -> TemplateView {
        view([
            "status": status(contribution.status),
            "rule": contribution.rule,
            "ruleAnchor": contribution.rule.anchor,
            "relation": .word(contribution.relation) as SafeText,
            "isIndicator": contribution.relation == .indicator,
            "rationale": contribution.rationale,
            "reason": contribution.reason,
            "subjects": references(contribution.subjects, limit: 12),
        ])
    }

    private func silent(_ control: ControlRow, of scorecard: Scorecard) -> TemplateView {
        view([
            "anchor": control.anchor(in: scorecard), "id": control.id, "title": control.title,
            "status": control.status.label, "reason": control.cannotSay ?? control.reason,
        ])
    }
}

extension ControlRow {
    /// Whether no rule speaks to it, and so only a person can judge it.
    fileprivate var isSilent: Bool {
        (status == .manual || status == .notApplicable) && contributions.isEmpty
    }

    /// Where it is found in the page: `nist-csf-PR.DS-01`.
    fileprivate func anchor(in scorecard: Scorecard) -> SafeText { "\(scorecard.id.anchor)-\(id.anchor)" }
}
