package import Model

extension ReportFiles {
    /// The evidence document alone, for evidence that nobody has judged yet.
    package static func evidence(_ evidence: Evidence) throws(ReportError) -> File {
        let format = EvidenceFormat()
        return File(name: format.fileName, bytes: try format.write(evidence))
    }
}
