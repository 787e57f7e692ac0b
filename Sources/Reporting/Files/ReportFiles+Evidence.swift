package import Model

extension ReportFiles {
    /// Writes the evidence document alone, for evidence that nobody has judged yet.
    package static func save(_ evidence: Evidence, in folder: String) throws(ReportError) {
        let format = EvidenceFormat()
        try save([format.fileName], in: folder) { (_, sink) throws(ReportError) in
            try format.write(evidence, to: sink)
        }
    }

    /// The bytes of the same document.
    package static func bytes(of evidence: Evidence) throws(ReportError) -> [UInt8] {
        var bytes: [UInt8] = []
        try EvidenceFormat().write(evidence) { (portion) throws(ReportError) in bytes += portion }
        return bytes
    }
}
