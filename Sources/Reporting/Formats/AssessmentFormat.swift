internal import JSONDocuments
internal import Model

/// The assessment document: a status for each rule, each control and the image, for programs.
struct AssessmentFormat: ReportFormat {
    let id = "assessment"
    let fileName = "assessment.json"
    let mediaType = "application/json"
    let summary = "a status for each rule and control, as canonical JSON"
    let isDefault = true

    func write(_ report: Report) throws(ReportError) -> [UInt8] { try collected(report) }

    func write(_ report: Report, to sink: ReportSink) throws(ReportError) {
        try CanonicalJSON.encode(report.assessment, for: fileName, to: sink)
    }
}
