package import Model

/// An image's part of a bundle: what is known of it, what came of judging it, and the documents that say so.
package struct BundledImage: Sendable {
    package static let evidenceName = "evidence.json"
    package static let assessmentName = "assessment.json"
    /// The folder of the reports, below the image's own.
    package static let reports = "reports/"

    package let evidence: Evidence
    package let assessment: Assessment
    /// The evidence document, the assessment document and the reports, by their names below the image's folder.
    package let documents: [BundleFile]

    package init(evidence: Evidence, assessment: Assessment, documents: [BundleFile]) {
        self.evidence = evidence
        self.assessment = assessment
        self.documents = documents
    }

    /// The folder of the image at `position`, which begins at 0.
    package static func folder(_ position: Int) -> String { "images/\(position + 1)" }

    /// Its files but for the statement, in the bundle's folder `folder`.
    func files(in folder: String) throws(BundleError) -> [BundleFile] {
        var files = documents.map { BundleFile(name: "\(folder)/\($0.name)", bytes: $0.bytes) }
        let receipts = "\(folder)/receipts.json"
        files.append(
            BundleFile(name: receipts, bytes: try BundleJSON.encode(evidence.receipts, as: receipts)))
        for (position, excerpt) in ImportExcerpt.all(in: evidence).enumerated() {
            let name = "\(folder)/imports/\(position + 1).json"
            files.append(BundleFile(name: name, bytes: try BundleJSON.encode(excerpt, as: name)))
        }
        return files
    }
}
