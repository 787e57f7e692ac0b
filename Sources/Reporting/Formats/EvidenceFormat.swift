internal import Model

/// The evidence document: everything known of the image, for programs and for evaluating again without the image.
struct EvidenceFormat: ReportFormat {
    let id = "evidence"
    let fileName = "evidence.json"
    let mediaType = "application/json"
    let summary = "everything known of the image, as canonical JSON"
    let isDefault = true

    func write(_ report: Report) throws(ReportError) -> [UInt8] { try collected(report) }

    func write(_ report: Report, to sink: ReportSink) throws(ReportError) {
        try write(report.unjudged, to: sink)
    }

    /// The document alone, for evidence that nobody has judged yet.
    func write(_ evidence: Evidence, to sink: ReportSink) throws(ReportError) {
        try DocumentSum.encode(evidence, for: fileName, to: sink)
    }
}
