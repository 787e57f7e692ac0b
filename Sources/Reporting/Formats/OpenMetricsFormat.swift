internal import Model

/// The counts as metrics, in OpenMetrics 1.0.
struct OpenMetricsFormat: ReportFormat {
    let id = "openmetrics"
    let fileName = "metrics.txt"
    let mediaType = "application/openmetrics-text; version=1.0.0; charset=utf-8"
    let summary = "the counts as OpenMetrics"

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        var page = OpenMetricsPage(common: [
            ("image", report.image.slug), ("platform", report.image.platform),
        ])
        addImage(report, to: &page)
        addStatuses(report, to: &page)
        addFindings(report, to: &page)
        addCoverage(report, to: &page)
        return page.finish()
    }

    private func addImage(_ report: Report, to page: inout OpenMetricsPage) {
        page.family("palimpsest_image", .info, "The image, and what it was held against.")
        page.sample(
            "_info",
            [
                ("name", report.image.name), ("digest", report.image.digest),
                ("policy", report.basis.policyID), ("policy_digest", report.basis.policyDigest),
                ("tool", report.tool),
            ], 1)
        page.family("palimpsest_verdict", .stateset, "The status of the image.")
        for status in Status.allCases {
            page.sample(
                "", [("palimpsest_verdict", .word(status))], report.verdict.status == status ? 1 : 0)
        }
        page.family(
            "palimpsest_assessed_timestamp_seconds", .gauge, "The instant as of which it was judged.",
            unit: "seconds")
        page.sample("", [], report.basis.asOf.seconds)
    }

    private func addStatuses(_ report: Report, to page: inout OpenMetricsPage) {
        page.family("palimpsest_rules", .gauge, "Rules of the policy by status.")
        for status in Status.allCases {
            page.sample("", [("status", .word(status))], report.rules.count { $0.status == status })
        }
        page.family("palimpsest_controls", .gauge, "Controls by framework and status.")
        for scorecard in report.scorecards {
            for status in Status.allCases {
                page.sample(
                    "", [("framework", scorecard.id), ("status", .word(status))],
                    scorecard.count(of: status))
            }
        }
        page.family("palimpsest_rule_subjects", .gauge, "What breaks each rule, by the rule's status.")
        for rule in report.rules.sorted(by: { $0.key < $1.key }) {
            page.sample(
                "",
                [("rule", rule.id), ("severity", .word(rule.severity)), ("status", .word(rule.status))],
                rule.subjects.count + (rule.imageItself ? 1 : 0))
        }
    }

    private func addFindings(_ report: Report, to page: inout OpenMetricsPage) {
        let findings = report.subjects.filter(\.isFinding)
        page.family("palimpsest_findings", .gauge, "Findings by severity, a secret in several places once.")
        for severity in Severity.allCases {
            page.sample("", [("severity", .word(severity))], findings.count { $0.severity == severity })
        }
        let places = findings.flatMap(\.placements)
        page.family("palimpsest_placements", .gauge, "Places of findings by where they stand in the image.")
        for persistence in Persistence.allCases {
            page.sample(
                "", [("persistence", .word(persistence))], places.count { $0.persistence == persistence })
        }
    }

    private func addCoverage(_ report: Report, to page: inout OpenMetricsPage) {
        let basis = report.basis
        page.family("palimpsest_layers", .gauge, "Layers by whether they were read whole.")
        page.sample("", [("read", "whole")], basis.layersWhole)
        page.sample("", [("read", "none")], basis.layersUnread)
        page.sample("", [("read", "part")], basis.layersTotal - basis.layersWhole - basis.layersUnread)
        page.family("palimpsest_scanned_bytes", .gauge, "Bytes that were scanned.", unit: "bytes")
        page.sample("", [], basis.bytesScanned)
        page.family("palimpsest_skipped_bytes", .gauge, "Bytes that were not, by reason.", unit: "bytes")
        for (reason, bytes) in basis.bytesSkipped.sorted(by: { $0.key < $1.key }) {
            page.sample("", [("reason", .word(reason))], bytes)
        }
        page.family("palimpsest_gaps", .gauge, "What was not looked at, by whether it hides anything.")
        page.sample("", [("blocks", "yes")], basis.blockingGaps)
        page.sample("", [("blocks", "no")], basis.gaps - basis.blockingGaps)
    }
}
