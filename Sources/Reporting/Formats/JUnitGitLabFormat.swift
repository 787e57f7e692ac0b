/// JUnit-XML with what GitLab and CircleCI show beyond the schemas: each rule's file, and a case's own output.
struct JUnitGitLabFormat: ReportFormat {
    let id = "junit-gitlab"
    let fileName = "TEST-palimpsest-gitlab.xml"
    let mediaType = "application/xml"
    let summary = "test results for GitLab and CircleCI, with the file of each rule"

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        try JUnitDocument(.gitlab).write(report, to: fileName)
    }
}
