import Bundling
import Cryptography
import Model
import PolicyLoading
import Reporting

/// Checks a bundle: its bytes, its digests, its signature, and that its verdict follows from its evidence.
package enum BundleVerification {
    /// The bundle in the file at `path`, checked; `key` is a file with the public key that must have signed it.
    package static func verify(_ path: String, key: String? = nil) throws(AuditError) -> VerifiedBundle {
        let key = try key.map { path throws(AuditError) in try SigningKeyFile.readPublic(path) }
        return try verify(try BundleInput.read(path), key: key, place: path)
    }

    static func verify(
        _ bytes: [UInt8], key: VerifyingKey?, place: String
    ) throws(AuditError) -> VerifiedBundle {
        do throws(BundleError) {
            let opened = try OpenedBundle.open(bytes, key: key)
            return try verify(opened, in: place)
        } catch {
            throw BundleInput.failure(error, in: place)
        }
    }

    private static func verify(
        _ opened: OpenedBundle, in place: String
    ) throws(BundleError) -> VerifiedBundle {
        let record = opened.record
        let isOurs = record.tool == .this
        let derivation = BundleDerivation(
            try BundleInput.policy(of: opened), asOf: record.asOf, judging: record.judging,
            formats: record.formats)
        var images: [BundledImage] = []
        for folder in record.images {
            let evidence = try BundleInput.evidence(in: folder, of: opened)
            // Another version may lay the same verdict out in another way.
            let reports = isOurs ? nil : opened.reports(in: folder)
            do {
                images.append(try derivation.image(evidence, reports: reports))
            } catch {
                throw BundleError(.content, at: folder, error.reason)
            }
        }
        let signer = try opened.signer()
        if isOurs {
            try opened.compare(with: derivation.contents(images, signer: signer))
        } else {
            let derived = derivation.contents(
                images, madeBy: record.tool, formats: record.formats, signer: signer,
                readme: try opened.content(BundleContents.readmeName))
            try compare(opened, with: derived)
        }
        return VerifiedBundle(opened, in: place, images: images, policy: derivation.loaded.policy)
    }

    /// Compares with what this version makes of the evidence of another.
    private static func compare(
        _ opened: OpenedBundle, with derived: BundleContents
    ) throws(BundleError) {
        do throws(BundleError) {
            try opened.compare(with: derived)
        } catch {
            let maker = SafeText.cleaning(
                "\(opened.record.tool.name) \(opened.record.tool.version)", limit: 80)
            throw BundleError(
                error.code, at: error.place,
                "\(error.reason); \(maker) made it, and may judge otherwise than \(Product.name) \(Product.version)"
            )
        }
    }
}
