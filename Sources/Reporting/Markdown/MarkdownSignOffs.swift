internal import Model

/// What people accepted and attested, and what the policy changes of those it extends; nothing where there is nothing.
enum MarkdownSignOffs {
    static func add(of report: Report, to page: inout MarkdownPage) {
        addWaivers(of: report, to: &page)
        addAttestations(of: report, to: &page)
        addApprovals(of: report, to: &page)
        addTailoring(of: report, to: &page)
    }

    private static func addWaivers(of report: Report, to page: inout MarkdownPage) {
        guard !report.waivers.isEmpty else { return }
        page.add("## Accepted risks")
        if report.verdict.status != report.verdict.withoutWaivers {
            page.add("Without them the image would come out as \(report.verdict.withoutWaivers.label).")
        }
        let rows = report.waivers.map { waiver in
            [
                MarkdownText.code(waiver.id), waiver.state.rawValue, MarkdownText.inline(waiver.reason),
                MarkdownText.inline(waiver.justification), MarkdownText.inline(waiver.people),
            ]
        }
        page.add(
            MarkdownTable(
                heads: ["waiver", "state", "what it does", "why", "who"], rows: rows, noun: "waiver"))
    }

    private static func addAttestations(of report: Report, to page: inout MarkdownPage) {
        guard !report.attestations.isEmpty else { return }
        page.add("## Attestations")
        let rows = report.attestations.map { attestation in
            [
                MarkdownText.code(attestation.control), attestation.state.rawValue,
                MarkdownText.inline(attestation.statement), MarkdownText.inline(attestation.attestedBy),
                MarkdownText.inline(attestation.evidence), attestation.period.text,
            ]
        }
        let heads = ["control", "state", "statement", "by", "evidence", "first to last day"]
        page.add(MarkdownTable(heads: heads, rows: rows, noun: "attestation"))
    }

    private static func addApprovals(of report: Report, to page: inout MarkdownPage) {
        guard !report.approvals.isEmpty else { return }
        page.add("## Approved authorities")
        let rows = report.approvals.map { approval in
            [
                MarkdownText.inline(approval.authority), MarkdownText.inline(approval.entry),
                MarkdownText.inline(approval.reason),
            ]
        }
        page.add(MarkdownTable(heads: ["authority", "approved as", "why"], rows: rows, noun: "approval"))
    }

    private static func addTailoring(of report: Report, to page: inout MarkdownPage) {
        guard !report.tailoring.isEmpty else { return }
        page.add("## What the policy changes of those it extends")
        let rows = report.tailoring.map { row in
            [
                MarkdownText.code(row.subject), MarkdownText.inline(row.change),
                MarkdownText.inline(row.reason),
            ]
        }
        page.add(MarkdownTable(heads: ["rule or parameter", "change", "why"], rows: rows, noun: "change"))
    }
}
