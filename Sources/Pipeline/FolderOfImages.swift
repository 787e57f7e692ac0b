import Bundling
import FoundationEssentials
import Reporting

/// A folder into which a run wrote the reports of its images, each into a folder below it.
enum FolderOfImages {
    /// So many folders are named.
    private static let most = 5

    /// What is said of such a folder where that of one image is wanted; nil where `evidence`, the file in it, is there, or
    /// no folder below it has one.
    static func error(at evidence: String) -> AuditError? {
        let files = FileManager.default
        let ending = "/" + BundledImage.evidenceName
        guard evidence.hasSuffix(ending), !files.fileExists(atPath: evidence) else { return nil }
        let folder = String(evidence.dropLast(ending.count))
        let names = (try? files.contentsOfDirectory(atPath: folder)) ?? []
        let images = names.map { "\(folder)/\($0)" }.filter { files.fileExists(atPath: $0 + ending) }.sorted()
        guard !images.isEmpty else { return nil }
        let shown = images.prefix(most).map { SafeText.cleaning($0, limit: 200).text }.joined(separator: ", ")
        let rest = images.count - most
        return AuditError(
            code: .severalImages, place: folder,
            reason: "is the folder of no image, and has those of \(shown)"
                + (rest > 0 ? " and \(rest) more" : ""))
    }
}
