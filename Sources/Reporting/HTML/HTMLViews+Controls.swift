internal import Model

extension HTMLViews {
    func framework(_ scorecard: Scorecard, number: Int) -> TemplateView {
        let quiet: Set<Status> = [.manual, .notApplicable]
        let spoken = scorecard.groups.filter { group in
            group.controls.contains { !quiet.contains($0.status) || !$0.contributions.isEmpty }
        }
        let silent = scorecard.groups.filter { group in
            group.controls.contains { quiet.contains($0.status) && $0.contributions.isEmpty }
        }
        let silentCount = scorecard.controls.count { quiet.contains($0.status) && $0.contributions.isEmpty }
        return view([
            "anchor": "framework-\(number)" as SafeText,
            "title": scorecard.title,
            "source": scorecard.source,
            "note": scorecard.note ?? .empty,
            "groups": spoken.map { group in
                view([
                    "title": group.title,
                    "showsTitle": scorecard.groups.count > 1,
                    "controls": group.controls
                        .filter { !quiet.contains($0.status) || !$0.contributions.isEmpty }.map(control),
                ])
            },
            "silentCount": silentCount,
            "hasSilent": silentCount > 0,
            "silentText":
                "\(silentCount, "control") this report cannot decide" as SafeText,
            "silent": silent.map { group in
                view([
                    "title": group.title,
                    "controls": group.controls
                        .filter { quiet.contains($0.status) && $0.contributions.isEmpty }.map(silentControl),
                ])
            },
        ])
    }

    private func control(_ control: ControlRow) -> TemplateView {
        let isOpen = control.status.attention < Status.waived.attention
        return view([
            "isOpen": isOpen,
            "status": status(control.status),
            "id": control.id,
            "title": control.title,
            "reason": control.reason,
            "canSay": control.canSay ?? .empty,
            "cannotSay": control.cannotSay ?? .empty,
            "hasEvidence": !control.contributions.isEmpty,
            "contributions": control.contributions.map { contribution in
                view([
                    "status": status(contribution.status),
                    "rule": contribution.rule,
                    "ruleAnchor": contribution.rule.anchor,
                    "title": contribution.title,
                    "relation": .word(contribution.relation) as SafeText,
                    "isIndicator": contribution.relation == .indicator,
                    "rationale": contribution.rationale,
                    "reason": contribution.reason,
                    "subjects": references(contribution.subjects, limit: 12),
                ])
            },
        ])
    }

    private func silentControl(_ control: ControlRow) -> TemplateView {
        view([
            "id": control.id, "title": control.title, "status": status(control.status),
            "reason": control.cannotSay ?? control.reason,
        ])
    }

    func rule(_ rule: RuleRow) -> TemplateView {
        view([
            "anchor": rule.id.anchor,
            "id": rule.id,
            "title": rule.title,
            "status": status(rule.status),
            "severity": .word(rule.severity) as SafeText,
            "effect": .word(rule.effect) as SafeText,
            "isOpen": rule.status.attention < Status.waived.attention,
            "reason": rule.reason,
            "rationale": rule.rationale,
            "remediation": rule.remediation,
            "subjects": references(rule.subjects, limit: 24),
            "requires": .joined(rule.requires, by: ", ") as SafeText,
            "receipts": .joined(rule.receipts, by: ", ") as SafeText,
            "source": rule.source,
            "controls": .joined(
                rule.controls.map { "\($0.control) (\($0.relation))" }, by: ", ") as SafeText,
        ])
    }
}
