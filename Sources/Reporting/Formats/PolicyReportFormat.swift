internal import JSONDocuments

/// A Kubernetes PolicyReport (`wgpolicyk8s.io/v1alpha2`), as `kubectl apply` takes it.
struct PolicyReportFormat: ReportFormat {
    let id = "policyreport"
    let fileName = "policyreport.json"
    let mediaType = "application/json"
    let summary = "a Kubernetes PolicyReport (wgpolicyk8s.io/v1alpha2)"

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        let members = ClusterReport(report).members(
            apiVersion: "wgpolicyk8s.io/v1alpha2", kind: "PolicyReport")
        return try CanonicalJSON.encode(JSONValue.object(members), for: fileName)
    }
}
