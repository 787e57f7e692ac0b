internal import Model

extension HTMLViews {
    /// What a rule asks for is told in full where it comes up first.
    var remedies: [TemplateView] {
        var told: Set<SafeText> = []
        return report.remedies.enumerated().map { position, remedy in
            let steps = remedy.rules.filter { !$0.remediation.isEmpty }.map { rule in
                step(rule, isTold: !told.insert(rule.id).inserted)
            }
            return view([
                "anchor": "remedy-\(position + 1)" as SafeText,
                "title": heading(of: remedy),
                "hasSteps": !steps.isEmpty,
                "steps": steps,
                "imageItself": remedy.imageItself,
                "hasRows": isLong && !remedy.subjects.isEmpty,
                "rows": isLong ? FindingRows.mark(at: position) : .empty,
                "subjects": TemplateViews(remedy.subjects, view: subject),
            ])
        }
    }

    private func step(_ rule: RuleRow, isTold: Bool) -> TemplateView {
        view([
            "rule": rule.id, "anchor": rule.id.anchor, "text": isTold ? .empty : rule.remediation,
            "before": isTold ? rule.title : .empty,
        ])
    }

    private func heading(of remedy: Remedy) -> SafeText {
        guard let worst = remedy.rules.first else { return "Breaks no rule of this policy" }
        let more = remedy.rules.count - 1
        return more > 0
            ? "Breaks “\(worst.title)” and \(more, "more rule")" : "Breaks “\(worst.title)”"
    }

    private func subject(_ subject: Subject) -> TemplateView {
        let visible = 4
        let why: SafeText = isLong ? .empty : subject.confidenceReason.map { ": \($0)" } ?? .empty
        let confidence: SafeText =
            subject.confidence.map { "\(SafeText.word($0)) confidence\(why)" } ?? "inventory"
        let cameFrom = isLong ? nil : subject.cameFrom
        let more: SafeText = "\(subject.placements.count - visible, "more place")"
        return view([
            "number": subject.number,
            "anchor": subject.anchor,
            "title": subject.title,
            "severity": .word(subject.severity) as SafeText,
            "kind": subject.kind,
            "confidence": confidence,
            "detectorRule": subject.detectorRule,
            "hasPreview": subject.preview != nil || subject.fingerprint != nil,
            "preview": subject.preview ?? .empty,
            "fingerprint": subject.fingerprint ?? .empty,
            "hasOrigin": cameFrom != nil,
            "cameFrom": cameFrom?.answer ?? .empty,
            "sharing": subject.cameFrom?.sharing ?? .empty,
            "attributes": subject.attributes.map { view(["name": $0.name, "value": $0.value]) },
            "hasAttributes": !subject.attributes.isEmpty,
            "placements": subject.placements.prefix(visible).map(placement),
            "inherited": report.inheritanceSentence(of: subject) ?? .empty,
            "hasMore": subject.placements.count > visible,
            "moreText": more,
            "more": subject.placements.dropFirst(visible).map(placement),
        ])
    }

    /// Of that many findings nobody reads one after the other: a row for each, to search and sort, in place of a card.
    var isLong: Bool { report.subjects.count > 1000 }

    private func placement(_ placement: Placement) -> TemplateView {
        let origin = placement.layer == nil ? nil : placement.origin.phrase
        let site = origin.map { "\(placement.layerText), \($0)" as SafeText } ?? placement.layerText
        let steps = isLong ? [] : [placement.createdBy, placement.removedBy]
        return view([
            "place": placement.place,
            "fate": placement.fate,
            "key": .word(placement.persistence) as SafeText,
            "site": placement.range.map { "\(site) · \($0)" } ?? site,
            "hasSteps": steps.contains { $0 != nil },
            "createdBy": isLong ? .empty : placement.createdBy?.shortened(to: 160) ?? .empty,
            "removedBy": isLong ? .empty : placement.removedBy?.shortened(to: 160) ?? .empty,
        ])
    }

    func inventory(_ group: InventoryGroup) -> TemplateView {
        view([
            "title": group.title,
            "count": .grouped(group.items.count) as SafeText,
            "items": group.items.map { item in
                view([
                    "title": item.title, "place": item.place, "layer": item.layer, "fate": item.fate,
                    "details": item.details,
                ])
            },
        ])
    }

    func gap(_ gap: GapRow) -> TemplateView {
        let weight: SafeText = gap.blocksPass ? "leaves something unseen" : "hides nothing"
        return view([
            "layer": gap.layer, "path": gap.path, "reason": gap.reason, "bytes": gap.bytes,
            "detail": gap.detail, "weight": weight,
        ])
    }

    func receipt(_ receipt: ReceiptRow) -> TemplateView {
        view([
            "detector": receipt.detector, "tool": receipt.tool, "rules": receipt.rules,
            "provides": receipt.provides, "coverage": receipt.coverage,
            "outcome": .word(receipt.outcome) as SafeText, "reason": receipt.reason ?? .empty,
            "notes": receipt.notes(atMost: 20),
        ])
    }

    func contradiction(_ row: ContradictionRow) -> TemplateView {
        view([
            "matter": row.matter, "sides": row.sides, "amount": row.amount,
            "subjects": references(row.subjects, limit: 24),
        ])
    }

    var reproduce: TemplateView {
        view([
            "command": report.reproduction.command,
            "inputs": report.reproduction.inputs.map { view(["name": $0.name, "digest": $0.value]) },
            "key": report.basis.fingerprintKey,
        ])
    }
}
