import Bundling
import Model
import PolicyLoading

/// What is read from a bundle, with the errors that a person is told.
enum BundleInput {
    /// The bytes of the file at `path`.
    static func read(_ path: String) throws(AuditError) -> [UInt8] {
        try WholeFile.read(path, atMost: BundleArchive.largest, or: .brokenBundle)
    }

    /// The policy in a bundle, and what people signed.
    static func policy(of opened: OpenedBundle) throws(BundleError) -> LoadedPolicy {
        func sources(_ documents: [BundleRecord.Document]) throws(BundleError) -> [PolicySource] {
            try opened.documents(documents).map { PolicySource(path: $0.path, bytes: $0.bytes) }
        }
        let documents = PolicyDocuments(
            policy: try sources(opened.record.policy), signOffs: try sources(opened.record.signOffs))
        do {
            return try PolicySources.load(documents)
        } catch {
            throw BundleError(
                .content, at: BundleRecord.fileName, "names a policy that does not load:\n\(error.reason)")
        }
    }

    /// The evidence of the image in `folder`.
    static func evidence(in folder: String, of opened: OpenedBundle) throws(BundleError) -> Evidence {
        let document = try document(in: folder, of: opened)
        do {
            return try document.read()
        } catch {
            throw BundleError(.content, at: error.place, error.reason)
        }
    }

    private static func document(
        in folder: String, of opened: OpenedBundle
    ) throws(BundleError) -> StoredEvidence {
        let name = "\(folder)/\(BundledImage.evidenceName)"
        return StoredEvidence(place: name, bytes: try opened.content(name))
    }

    /// The evidence of every image, as it is written.
    static func documents(of opened: OpenedBundle) throws(BundleError) -> [StoredEvidence] {
        var documents: [StoredEvidence] = []
        for folder in opened.record.images { documents.append(try document(in: folder, of: opened)) }
        return documents
    }

    /// The evidence of every image.
    static func images(of opened: OpenedBundle) throws(BundleError) -> [Evidence] {
        var images: [Evidence] = []
        for folder in opened.record.images { images.append(try evidence(in: folder, of: opened)) }
        return images
    }

    /// What a person is told of a bundle in the file `place`.
    static func failure(_ error: BundleError, in place: String) -> AuditError {
        let code: AuditError.Code =
            switch error.code {
            case .signature: .unexpectedSigner
            case .foreign: .noBundle
            default: .brokenBundle
            }
        return AuditError(code: code, place: place, reason: error.description)
    }

    /// What a person is told who gave a key that must have signed the file `place`, which is no bundle.
    static func unsigned(_ place: String) -> AuditError {
        AuditError(
            code: .unexpectedSigner, place: place,
            reason: "is no bundle, so nobody signed it, and a key was given")
    }
}
