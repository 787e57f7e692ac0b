/// JUnit-XML that validates against both the schema of Jenkins' xunit plugin and the one Azure DevOps refers to.
struct JUnitFormat: ReportFormat {
    let id = "junit"
    let fileName = "TEST-palimpsest.xml"
    let mediaType = "application/xml"
    let summary = "test results for pipelines: a suite for each framework, a case for each control and rule"
    let isDefault = true

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        try JUnitDocument(.strict).write(report, to: fileName)
    }
}
