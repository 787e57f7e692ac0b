internal import Model

/// The report as the names that the templates use.
///
/// One method for each view; the extensions go section by section, in the order of the page.
struct HTMLViews: ViewMaking {
    let report: Report
    let unknown = UnknownNames()

    func page(_ templates: TemplateLibrary) -> TemplateView {
        view([
            "frame": frame(templates, title: "\(report.verdict.status.label): \(report.image.name)"),
            "tool": report.tool,
            "asOf": .instant(report.basis.asOf) as SafeText,
            "asOfDay": .cleaning(report.basis.asOf.day) as SafeText,
            "contents": contents,
            "verdict": verdict,
            "basis": basis,
            "scorecards": report.scorecards.map(scorecard),
            "timeline": timeline,
            "layers": report.layers.reversed().map(layer),
            "frameworks": report.scorecards.map(framework),
            "controlFilter": controlFilter,
            "openRules": openRules,
            "metRules": metRules,
            "hasMetRules": report.rules.contains { $0.status == .pass },
            "remedies": remedies,
            "findingFilters": findingFilters,
            "isLong": isLong,
            "noSubjects": report.remedies.isEmpty,
            "signOffs": signOffs,
            "inventory": report.inventory.map(inventory),
            "noInventory": report.inventory.isEmpty,
            "gaps": report.gaps.map(gap),
            "noGaps": report.gaps.isEmpty,
            "isWhole": report.basis.isWhole,
            "receipts": report.receipts.map(receipt),
            "noReceipts": report.receipts.isEmpty,
            "hasContradictions": !report.contradictions.isEmpty,
            "contradictions": report.contradictions.map(contradiction),
            "reproduce": reproduce,
        ])
    }

    /// The number of a subject, as a link to it.
    func reference(_ number: Int) -> TemplateView {
        view(["number": number, "anchor": report.subjects[number - 1].anchor])
    }

    /// References to subjects, as many as a line can take; the rest is counted.
    func references(_ numbers: [Int], limit: Int) -> TemplateView {
        view([
            "any": !numbers.isEmpty,
            "list": numbers.prefix(limit).map(reference),
            "more": numbers.count > limit,
            "moreCount": numbers.count - min(limit, numbers.count),
        ])
    }

    private var contents: [TemplateView] {
        let entries: [(SafeText, SafeText, SafeText)] = [
            ("scorecards", "Scorecards", "\(report.scorecards.count)"),
            ("timeline", "Layers", "\(report.basis.layersTotal)"),
            ("controls", "Controls", .grouped(report.scorecards.reduce(0) { $0 + $1.total })),
            ("findings", "Findings and items", .grouped(report.subjects.count)),
            ("rules", "Rules", .grouped(report.rules.count)),
            ("waivers", "Accepted risks", .grouped(report.waivers.count)),
            ("inventory", "Inventory", .grouped(report.inventory.reduce(0) { $0 + $1.items.count })),
            ("gaps", "Gaps", .grouped(report.gaps.count)),
            ("receipts", "Receipts", .grouped(report.receipts.count)),
            ("reproduce", "Reproduce", ""),
        ]
        return contents(entries)
    }
}

extension SafeText {
    static func instant(_ instant: Instant) -> SafeText { .cleaning(instant.description) }

    /// The text as part of an element's id: letters, digits, dots and dashes.
    var anchor: SafeText {
        let scalars = text.unicodeScalars.map { scalar in
            let isKept =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == ".")
            return isKept ? String(scalar) : "-"
        }
        return .cleaning(scalars.joined(), limit: 200)
    }
}
