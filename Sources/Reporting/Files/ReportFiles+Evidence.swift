package import Model

extension ReportFiles {
    /// The evidence document alone, for evidence that nobody has judged yet.
    package static func evidence(_ evidence: Evidence) throws(ReportError) -> File {
        let name = EvidenceFormat().fileName
        return File(name: name, bytes: try CanonicalJSON.encode(evidence, for: name))
    }
}
