import Archives
import Bundling
import Model

/// Evidence from a file, which may be a document of its own or a bundle.
enum EvidenceInput {
    case document(Evidence)
    /// Its bytes, digests and signatures fit together.
    case bundle(OpenedBundle)

    /// What is in the file at `path`.
    static func read(_ path: String) throws(AuditError) -> EvidenceInput {
        guard try isArchive(path) else {
            return .document(try StoredEvidence(place: path, bytes: nil).read())
        }
        let bytes = try BundleInput.read(path)
        do throws(BundleError) {
            return .bundle(try OpenedBundle.open(bytes))
        } catch {
            throw BundleInput.failure(error, in: path)
        }
    }

    /// The evidence of each image, in the order of the bundle.
    func images(of place: String) throws(AuditError) -> [Evidence] {
        switch self {
        case .document(let evidence): return [evidence]
        case .bundle(let opened):
            do throws(BundleError) {
                return try BundleInput.images(of: opened)
            } catch {
                throw BundleInput.failure(error, in: place)
            }
        }
    }

    private static func isArchive(_ path: String) throws(AuditError) -> Bool {
        do {
            let beginning = try FileByteSource.open(path).readPrefix(ArchiveKind.prefixLength)
            return ArchiveKind.sniff(beginning.span) == .tar
        } catch {
            throw AuditError(code: .brokenEvidence, place: path, reason: error.description)
        }
    }
}
