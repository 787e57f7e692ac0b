/// JUnit-XML as Maven's Surefire writes it, valid against its schema.
struct JUnitSurefireFormat: ReportFormat {
    let id = "junit-surefire"
    let fileName = "TEST-palimpsest-surefire.xml"
    let mediaType = "application/xml"
    let summary = "test results in the form of Maven's Surefire, all in one suite"

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        try JUnitDocument(.surefire).write(report, to: fileName)
    }
}
