import Bundling
import FoundationEssentials
import Reporting

/// A folder into which a run wrote the reports of its images, each into a folder below it.
enum FolderOfImages {
    /// So many folders are named.
    private static let most = 5

    /// The folders of images in `folder`, in order; none where no folder in it has evidence, or it is an image's own.
    ///
    /// One that is called as they are and has none is among them: whoever reads it must hear of that.
    static func images(in folder: String) -> [String] {
        let files = FileManager.default
        func hasEvidence(_ folder: String) -> Bool {
            files.fileExists(atPath: "\(folder)/\(BundledImage.evidenceName)")
        }
        guard !hasEvidence(folder) else { return [] }
        let below = ((try? files.contentsOfDirectory(atPath: folder)) ?? []).sorted().map {
            "\(folder)/\($0)"
        }
        guard below.contains(where: hasEvidence) else { return [] }
        return below.filter { place in
            var isFolder = false
            guard files.fileExists(atPath: place, isDirectory: &isFolder), isFolder else { return false }
            return hasEvidence(place) || place.dropFirst(folder.utf8.count).contains("@")
        }
    }

    /// What is said of such a folder where that of one image is wanted; nil where `evidence`, the file in it, is there, or
    /// no folder below it has one.
    static func error(at evidence: String) -> AuditError? {
        let files = FileManager.default
        let ending = "/" + BundledImage.evidenceName
        guard evidence.hasSuffix(ending), !files.fileExists(atPath: evidence) else { return nil }
        let folder = String(evidence.dropLast(ending.count))
        let images = images(in: folder)
        guard !images.isEmpty else { return nil }
        let shown = images.prefix(most).map { SafeText.cleaning($0, limit: 200).text }.joined(separator: ", ")
        let rest = images.count - most
        return AuditError(
            code: .severalImages, place: folder,
            reason: "is the folder of no image, and has those of \(shown)"
                + (rest > 0 ? " and \(rest) more" : ""))
    }
}
