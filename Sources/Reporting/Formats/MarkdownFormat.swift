internal import Model

/// A page for comments on merge requests, as GitHub and GitLab render it and within their limits.
struct MarkdownFormat: ReportFormat {
    let id = "markdown"
    let fileName = "report.md"
    let mediaType = "text/markdown"
    let summary = "a page short enough for a comment on a merge request"
    let isDefault = true

    /// What a comment on GitHub can hold at most.
    static let limit = 65_536

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        Array(page(of: report).text(limit: Self.limit).utf8)
    }

    /// The page before it is cut to any size.
    func page(of report: Report) -> MarkdownPage {
        var page = MarkdownPage()
        addVerdict(of: report, to: &page)
        addScorecards(of: report, to: &page)
        addRules(of: report, to: &page)
        MarkdownSignOffs.add(of: report, to: &page)
        addFindings(of: report, to: &page)
        addGaps(of: report, to: &page)
        addReceipts(of: report, to: &page)
        addContradictions(of: report, to: &page)
        return page
    }

    private func addVerdict(of report: Report, to page: inout MarkdownPage) {
        let basis = report.basis
        page.add("# \(report.verdict.status.sign) \(report.verdict.headline)")
        page.add(MarkdownText.inline(report.lead))
        let facts: [(SafeText, String)] = [
            ("reason", MarkdownText.inline(report.verdict.reason)),
            (report.image.otherKind ?? "image", MarkdownText.code(report.image.name)),
            ("digest", MarkdownText.code(report.image.digest)),
            ("platform", MarkdownText.code(report.image.platform)),
            ("base", report.image.base.map { MarkdownText.inline($0.sentence) } ?? "not known"),
            ("layers", MarkdownText.inline(basis.layersText)),
            ("bytes scanned", basis.bytesText.text),
            ("bytes skipped", basis.skippedText.text),
            ("gaps", basis.gapsText.text),
            ("policy", MarkdownText.inline(basis.policyTitle) + " " + MarkdownText.code(basis.policyDigest)),
            ("as of", MarkdownText.code(.cleaning(basis.asOf.description))),
            ("fingerprint key", MarkdownText.code(basis.fingerprintKey)),
            ("made by", MarkdownText.code(report.tool)),
        ]
        page.add(
            MarkdownTable(
                heads: ["what it rests on", ""], rows: facts.map { [$0.0.text, $0.1] }, noun: "row"))
    }

    private func addScorecards(of report: Report, to page: inout MarkdownPage) {
        let statuses = Status.byAttention.filter { status in
            report.scorecards.contains { $0.count(of: status) > 0 }
        }
        guard !report.scorecards.isEmpty else { return }
        page.add("## Scorecards")
        let rows = report.scorecards.map { scorecard in
            [MarkdownText.inline(scorecard.title), String(scorecard.total)]
                + statuses.map { String(scorecard.count(of: $0)) }
        }
        let heads = ["framework", "controls"] + statuses.map { "\($0.sign) \($0.label)" }
        page.add(MarkdownTable(heads: heads, rows: rows, noun: "framework"))
    }

    private func addRules(of report: Report, to page: inout MarkdownPage) {
        let broken = report.rules.filter { $0.status.attention <= Status.waived.attention }
        page.add("## Rules that need attention")
        guard !broken.isEmpty else {
            page.add("None of \(report.rules.count).")
            return
        }
        let rows = broken.map { rule in
            [
                "\(rule.status.sign) \(rule.status.label)", rule.severity.rawValue,
                MarkdownText.code(rule.id),
                MarkdownText.inline(rule.reason), MarkdownText.inline(rule.remediation),
            ]
        }
        page.add(
            MarkdownTable(
                heads: ["status", "severity", "rule", "why", "what to do"], rows: rows, noun: "rule"))
    }

    private func addFindings(of report: Report, to page: inout MarkdownPage) {
        page.add("## Findings")
        guard !report.subjects.isEmpty else {
            page.add("None.")
            return
        }
        if let inheritance = report.subjects.lazy.flatMap(\.placements).compactMap(report.inheritance).first {
            page.add("What is marked base is " + MarkdownText.inline(inheritance) + ".")
        }
        let rows = report.subjects.lazy.flatMap { subject in
            subject.placements.lazy.map { placement in
                [
                    String(subject.number), subject.severity.rawValue, MarkdownText.inline(subject.title),
                    MarkdownText.code(placement.place), layer(placement), placement.fate.text,
                    subject.fingerprint.map(MarkdownText.code) ?? "",
                ]
            }
        }
        let heads = ["no.", "severity", "what", "where", "layer", "now", "fingerprint"]
        let count = report.subjects.reduce(0) { $0 + $1.placements.count }
        page.add(MarkdownTable(heads: heads, count: count, rows: rows, noun: "placement"))
        addOrigins(of: report, to: &page)
    }

    private func addOrigins(of report: Report, to page: inout MarkdownPage) {
        let secrets = report.subjects.filter(\.isSecret)
        let rows = secrets.lazy.compactMap { subject -> [String]? in
            guard let cameFrom = subject.cameFrom else { return nil }
            let parts = [cameFrom.answer, cameFrom.sharing].compactMap(\.self)
            let why = subject.confidenceReason.map { ": \($0)" as SafeText } ?? .empty
            let confidence = subject.confidence.map { "\(SafeText.word($0))\(why)" as SafeText } ?? .empty
            return [
                String(subject.number), MarkdownText.inline(.joined(parts, by: "; ")),
                MarkdownText.inline(confidence),
            ]
        }
        guard !secrets.isEmpty else { return }
        page.add("### Where the secrets came from")
        page.add(
            MarkdownTable(
                heads: ["no.", "where it came from", "confidence"], count: secrets.count, rows: rows,
                noun: "secret"))
    }

    private func layer(_ placement: Placement) -> String {
        placement.origin == .base ? "\(placement.layerText), base" : placement.layerText.text
    }

    private func addGaps(of report: Report, to page: inout MarkdownPage) {
        page.add("## Gaps")
        guard !report.gaps.isEmpty else {
            page.add(report.basis.isWhole ? "None: every byte was looked at." : "None recorded.")
            return
        }
        let rows = report.gaps.map { gap in
            [
                gap.layer.text, MarkdownText.code(gap.path), gap.reason.text, gap.bytes.text,
                MarkdownText.inline(gap.detail),
            ]
        }
        page.add(
            MarkdownTable(heads: ["where", "what", "reason", "bytes", "detail"], rows: rows, noun: "gap"))
    }

    private func addReceipts(of report: Report, to page: inout MarkdownPage) {
        page.add("## Receipts")
        guard !report.receipts.isEmpty else {
            page.add("None: no detector proved that it ran.")
            return
        }
        let rows = report.receipts.map { receipt in
            [
                MarkdownText.code(receipt.detector), MarkdownText.inline(receipt.tool), receipt.provides.text,
                receipt.coverage.text,
                MarkdownText.inline(
                    .joined(
                        [.word(receipt.outcome), receipt.notes(atMost: 3)].filter { !$0.isEmpty }, by: "; ")),
            ]
        }
        let heads = ["detector", "tool", "evidence", "looked at", "outcome"]
        page.add(MarkdownTable(heads: heads, rows: rows, noun: "receipt"))
    }

    private func addContradictions(of report: Report, to page: inout MarkdownPage) {
        guard !report.contradictions.isEmpty else { return }
        page.add("## Where detectors disagree")
        page.add("What one of them reports stands, whatever the others say.")
        let rows = report.contradictions.map { row in
            let numbers = row.subjects.prefix(24).map { SafeText.grouped($0) }
            let more: [SafeText] = row.subjects.count > 24 ? ["…"] : []
            return [
                MarkdownText.inline(row.matter), MarkdownText.inline(row.sides), row.amount.text,
                MarkdownText.inline(.joined(numbers + more, by: ", ")),
            ]
        }
        let heads = ["matter", "who says what", "on", "no."]
        page.add(MarkdownTable(heads: heads, rows: rows, noun: "contradiction"))
    }
}

extension Status {
    /// A sign that goes before the word; it never stands alone.
    var sign: SafeText {
        switch self {
        case .pass: "✔"
        case .warn: "▲"
        case .waived: "◇"
        case .fail: "✘"
        case .error: "✱"
        case .notAssessed: "◌"
        case .notApplicable: "–"
        case .manual: "○"
        }
    }
}
