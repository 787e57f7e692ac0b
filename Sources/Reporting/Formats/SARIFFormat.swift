internal import JSONDocuments
internal import Model

/// SARIF 2.1.0 for code scanning: what breaks the rules, with the frameworks as taxonomies.
///
/// Readers of it take every result for an alert, whatever its `kind`, and an alert without a result for mended. So a result
/// is what breaks a rule, or a rule that nobody could judge, and nothing else. What passed stands in the properties of
/// rules and taxa; what was not looked at is also a notification of an invocation that did not succeed.
///
/// Regions name lines only: SARIF counts columns in characters, and ours are bytes of text in any encoding.
struct SARIFFormat: ReportFormat {
    let id = "sarif"
    let fileName = "report.sarif"
    let mediaType = "application/sarif+json"
    let summary = "SARIF 2.1.0 for code scanning"

    /// How many results of a run GitHub shows, and how many runs of a file it takes.
    private static let resultsInRun = 5000
    private static let runsInFile = 20

    func write(_ report: Report) throws(ReportError) -> [UInt8] { try collected(report) }

    func write(_ report: Report, to sink: ReportSink) throws(ReportError) {
        let catalogue = SARIFCatalogue(report)
        let violations = report.violations
        // What somebody accepted comes last, so that it is the first to be left out.
        let rows =
            report.unassessed + violations.filter { $0.waiver == nil }
            + violations.filter { $0.waiver != nil }
        let kept = rows.prefix(Self.resultsInRun * Self.runsInFile)
        let starts = kept.isEmpty ? [0] : Array(stride(from: 0, to: kept.count, by: Self.resultsInRun))
        let runs = starts.enumerated().map { number, start in
            run(
                kept[start..<min(start + Self.resultsInRun, kept.count)],
                category: number == 0 ? "" : "\(number + 1)/", leftOut: rows.count - kept.count, of: report,
                catalogue)
        }
        let document: JSONValue = [
            "$schema":
                "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0", "runs": .list(runs),
        ]
        try CanonicalJSON.encode(document, for: fileName, to: sink)
    }

    private func run(
        _ rows: ArraySlice<ViolationRow>, category: SafeText, leftOut: Int, of report: Report,
        _ catalogue: SARIFCatalogue
    ) -> JSONValue {
        [
            "tool": ["driver": catalogue.driver], "taxonomies": .filled(catalogue.taxonomies),
            "automationDetails": [
                "id": "palimpsest/\(report.image.slug)/\(report.image.platform)/\(category)"
            ],
            "originalUriBaseIds": [
                "IMAGE": ["description": ["text": "the root of the image's file system, in whichever layer"]]
            ],
            "invocations": [SARIFInvocation.value(report, catalogue, leftOut: leftOut)],
            "results": .each(rows.count) { [rows] in
                SARIFResult.value(rows[rows.startIndex + $0], of: report, catalogue)
            }, "properties": properties(report),
        ]
    }

    private func properties(_ report: Report) -> JSONValue {
        let statuses = Status.allCases.map { status in
            (status.rawValue, JSONValue.number(report.rules.count { $0.status == status }))
        }
        return [
            "image": .text(report.image.name), "imageDigest": .text(report.image.digest),
            "platform": .text(report.image.platform), "policy": .text(report.basis.policyID),
            "policyDigest": .text(report.basis.policyDigest), "verdict": .word(report.verdict.status),
            "reason": .text(report.verdict.reason),
            "rulesByStatus": .object(Dictionary(statuses) { first, _ in first }),
            "findings": .number(report.subjects.count(where: \.isFinding)),
            "findingsThatBreakNoRule": .number(report.findingsWithoutRule),
            "gaps": .number(report.basis.gaps), "fingerprintKey": .text(report.basis.fingerprintKey),
        ]
    }
}
