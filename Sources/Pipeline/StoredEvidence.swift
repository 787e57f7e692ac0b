import Bundling
import FoundationEssentials
import JSONDocuments
import Model
import Reporting

/// An evidence document to be judged.
package struct StoredEvidence: Sendable {
    /// The file it is in, or what to call it in errors.
    package let place: String
    /// Its bytes, or nil to read them from the file.
    package let bytes: [UInt8]?
    /// Whether it comes in where it can be read only once.
    private var isStreamed = false

    /// Whatever comes in on standard input.
    package static var standardInput: StoredEvidence {
        var stored = StoredEvidence(place: "standard input", bytes: nil)
        stored.isStreamed = true
        return stored
    }

    package init(place: String, bytes: [UInt8]?) {
        self.place = place
        self.bytes = bytes
    }

    /// The file at `path`, or in the folder there that an image's reports are in.
    package init(path: String) {
        var isFolder = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        self.init(place: exists && isFolder ? "\(path)/\(BundledImage.evidenceName)" : path, bytes: nil)
    }

    /// What is at `path`; in a folder with one of reports for each of several images, that of each of them, in order.
    package static func all(at path: String) -> [StoredEvidence] {
        let several = FolderOfImages.images(in: path)
        return several.isEmpty ? [StoredEvidence(path: path)] : several.map { StoredEvidence(path: $0) }
    }

    /// The same, with its bytes where these can be read only once.
    func atHand() throws(AuditError) -> StoredEvidence {
        guard isStreamed else { return self }
        let bytes = try WholeFile.readStandardInput(atMost: BundleArchive.largest, or: .brokenEvidence)
        return StoredEvidence(place: place, bytes: bytes)
    }

    /// The evidence, or why it is none that this version can read.
    func read() throws(AuditError) -> Evidence {
        try Self.evidence(in: StoredJSON(try content(), place: place))
    }

    /// Its bytes, from wherever they are.
    func content() throws(AuditError) -> [UInt8] {
        if let bytes { return bytes }
        if let several = FolderOfImages.error(at: place) { throw several }
        return try WholeFile.read(place, atMost: JSONDocument.largest, or: .brokenEvidence)
    }

    /// The evidence that a document is.
    static func evidence(in document: StoredJSON) throws(AuditError) -> Evidence {
        let stored = try document.decode(Evidence.self, of: Evidence.schema)
        if let fault = EvidenceFault.first(in: stored) { throw document.broken(fault) }
        if !isWhole(stored, document) {
            throw document.broken(
                document.sum == nil
                    ? "has no \"sum\" of its content, so nobody can tell whether something of it got lost"
                    : "was changed, or something of it got lost: its \"sum\" is that of other content")
        }
        return Evidence(
            image: stored.image, layers: stored.layers, findings: stored.findings,
            inventory: stored.inventory, gaps: stored.gaps, receipts: stored.receipts,
            fingerprintKey: stored.fingerprintKey,
            comparedWith: stored.comparedWith, source: stored.source, baseline: stored.baseline)
    }

    /// Whether `stored` is all that `document` was written with, however it is laid out now.
    private static func isWhole(_ stored: Evidence, _ document: StoredJSON) -> Bool {
        if DocumentSum.holds(document.bytes) { return true }
        guard let sum = document.sum, let canonical = try? ReportFiles.bytes(of: stored) else { return false }
        return DocumentSum.stated(atEndOf: canonical) == sum
    }
}
