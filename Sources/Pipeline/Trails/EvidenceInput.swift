import Archives
import Bundling
import Cryptography
import Model

/// Evidence from a file, which may be a document of its own or a bundle.
enum EvidenceInput {
    case document(Evidence)
    /// Its bytes, digests and signatures fit together.
    case bundle(OpenedBundle)

    /// What is in the file at `path`, or in the folder there that an image's reports are in.
    static func read(_ path: String) throws(AuditError) -> EvidenceInput {
        try read(StoredEvidence(path: path))
    }

    /// The documents at `path`: one, or in a bundle or a folder of several images one of each; at least one.
    static func documents(at path: String) throws(AuditError) -> [StoredEvidence] {
        let all = StoredEvidence.all(at: path)
        guard all.count == 1, let stored = all.first, isArchive(stored) else { return all }
        let opened = try bundle(stored, signedBy: nil)
        do throws(BundleError) {
            return try BundleInput.documents(of: opened)
        } catch {
            throw BundleInput.failure(error, in: stored.place)
        }
    }

    /// What is in `stored`; with `key`, only a bundle that is signed by it.
    static func read(
        _ stored: StoredEvidence, signedBy key: VerifyingKey? = nil
    ) throws(AuditError) -> EvidenceInput {
        let stored = try stored.atHand()
        guard isArchive(stored) else {
            guard key == nil else { throw BundleInput.unsigned(stored.place) }
            return .document(try stored.read())
        }
        return .bundle(try bundle(stored, signedBy: key))
    }

    private static func bundle(
        _ stored: StoredEvidence, signedBy key: VerifyingKey?
    ) throws(AuditError) -> OpenedBundle {
        let bytes: [UInt8]
        if let given = stored.bytes { bytes = given } else { bytes = try BundleInput.read(stored.place) }
        do throws(BundleError) {
            return try OpenedBundle.open(bytes, key: key)
        } catch {
            throw BundleInput.failure(error, in: stored.place)
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

    private static func isArchive(_ stored: StoredEvidence) -> Bool {
        if let bytes = stored.bytes { return ArchiveKind.sniff(bytes.span) == .tar }
        // What is no file that can be opened is said when it is read as a document.
        let beginning = try? FileByteSource.open(stored.place).readPrefix(ArchiveKind.prefixLength)
        return beginning.map { ArchiveKind.sniff($0.span) == .tar } ?? false
    }
}
