internal import Model

extension HTMLViews {
    var verdict: TemplateView {
        view([
            "status": status(report.verdict.status),
            "headline": report.verdict.headline,
            "lead": report.lead,
            "reason": report.verdict.reason,
            "kind": report.image.otherKind.map { "\($0), no image" as SafeText } ?? .empty,
            "image": report.image.name,
            "digest": report.image.digest,
            "platform": report.image.platform,
            "created": report.image.created ?? "not recorded",
            "base": report.image.base?.sentence ?? .empty,
            "severities": report.severities.map { severity, count in
                view(["severity": .word(severity) as SafeText, "count": .grouped(count) as SafeText])
            },
            "noFindings": report.severities.isEmpty,
            "items": brokenItems == 0 ? .empty : "\(brokenItems, "inventory item")" as SafeText,
            "areSeveral": brokenItems > 1,
        ])
    }

    /// The items that stand among the findings, since they break rules as these do.
    private var brokenItems: Int { report.subjects.count { !$0.isFinding } }

    var basis: TemplateView {
        let basis = report.basis
        return view([
            "layers": basis.layersText,
            "bytes": basis.bytesText,
            "gaps": basis.gapsText,
            "detectors": basis.detectors.map { view(["name": $0]) },
            "noDetectors": basis.detectors.isEmpty,
            "policy": basis.policyTitle,
            "policyID": basis.policyID,
            "policyDigest": basis.policyDigest,
            "key": basis.fingerprintKey,
            "asOf": .instant(basis.asOf) as SafeText,
        ])
    }

    func scorecard(_ scorecard: Scorecard) -> TemplateView {
        view([
            "anchor": scorecard.anchor,
            "title": scorecard.title,
            "publisher": scorecard.publisher,
            "total": scorecard.total,
            "bar": bar(scorecard.counts, total: scorecard.total),
            "counts": counts(scorecard.counts),
            "hasParts": !scorecard.parts.isEmpty,
            "parts": scorecard.parts.map { part in
                view([
                    "title": part.title, "total": part.total, "bar": bar(part.counts, total: part.total),
                    "counts": counts(part.counts),
                ])
            },
        ])
    }

    private func counts(_ counts: [Scorecard.Count]) -> [TemplateView] {
        counts.map { view(["count": $0.count, "status": status($0.status)]) }
    }

    /// The segments of a bar, in tenths of a percent so that they meet exactly.
    private func bar(_ counts: [Scorecard.Count], total: Int) -> [TemplateView] {
        var seen = 0
        return counts.map { count in
            let start = seen * 1000 / max(total, 1)
            seen += count.count
            let width = seen * 1000 / max(total, 1) - start
            return view([
                "x": Self.percent(start), "width": Self.percent(width),
                "key": .word(count.status) as SafeText,
            ])
        }
    }

    private static func percent(_ tenths: Int) -> SafeText { "\(tenths / 10).\(tenths % 10)%" }
}

extension Scorecard {
    /// Where it is found in the page.
    var anchor: SafeText { "framework-\(id.anchor)" }
}
