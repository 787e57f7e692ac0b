internal import Model

/// The evidence document: everything known of the image, for programs and for evaluating again without the image.
struct EvidenceFormat: ReportFormat {
    let id = "evidence"
    let fileName = "evidence.json"
    let mediaType = "application/json"
    let summary = "everything known of the image, as canonical JSON"
    let isDefault = true

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        try write(report.unjudged)
    }

    /// The document alone, for evidence that nobody has judged yet.
    func write(_ evidence: Evidence) throws(ReportError) -> [UInt8] {
        // Finding by finding: an encoder holds all that it is given several times over.
        var frame = evidence
        frame.findings = []
        let keys = evidence.image.foreignKeys + evidence.inventory.flatMap(\.attributes.keys)
        var bytes = try CanonicalJSON.encode(frame, foreignKeys: keys, for: fileName)
        // No text before the list holds this: in text a quotation mark has a backslash before it.
        guard let list = bytes.firstRange(of: Array("\"findings\":[".utf8)) else {
            throw ReportError(code: .encoding, place: fileName, reason: "has no place for findings")
        }
        var findings: [UInt8] = []
        for finding in evidence.findings {
            if !findings.isEmpty { findings.append(UInt8(ascii: ",")) }
            findings += try CanonicalJSON.encode(
                finding, foreignKeys: finding.attributes.keys, for: fileName
            ).dropLast()
        }
        bytes.insert(contentsOf: findings, at: list.upperBound)
        return bytes
    }
}
