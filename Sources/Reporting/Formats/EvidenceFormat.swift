internal import Model

/// The evidence document: everything known of the image, for programs and for evaluating again without the image.
struct EvidenceFormat: ReportFormat {
    let id = "evidence"
    let fileName = "evidence.json"
    let mediaType = "application/json"
    let summary = "everything known of the image, as canonical JSON"

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        try CanonicalJSON.encode(report.evidence, for: fileName)
    }
}
