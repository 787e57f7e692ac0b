internal import JSONDocuments

/// A Report of OpenReports (`openreports.io/v1alpha1`), which follows PolicyReport.
struct OpenReportsFormat: ReportFormat {
    let id = "openreports"
    let fileName = "openreports.json"
    let mediaType = "application/json"
    let summary = "a Kubernetes Report of OpenReports (openreports.io/v1alpha1)"

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        var members = ClusterReport(report).members(apiVersion: "openreports.io/v1alpha1", kind: "Report")
        members["source"] = "palimpsest"
        return try CanonicalJSON.encode(JSONValue.object(members), for: fileName)
    }
}
