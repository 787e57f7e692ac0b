import Bundling
import Cryptography
import Model

/// Writes what came of a run into a bundle, and signs it.
struct Bundler {
    private let file: String
    private let key: SigningKey?

    /// Reads the key, so that a mistake in it costs no audit.
    init(_ request: BundleRequest) throws(AuditError) {
        file = request.file
        key = try request.signing.map { signing throws(AuditError) in try SigningKeyFile.read(signing) }
    }

    /// Writes the bundle of all that was judged; none where an image is missing, which nobody could tell from it.
    func write(
        _ evidence: [Evidence], under judgement: Judgement, _ reports: ReportSelection, asOf: Instant,
        into result: inout AuditResult
    ) {
        guard result.errors.isEmpty else {
            result.notes.append("no bundle is written, because not everything could be judged")
            return
        }
        if reports.templates != nil, reports.formats.contains("html") {
            // Whoever verifies renders them again, and has no other templates.
            result.notes.append("the pages in the bundle are laid out by the built-in templates")
        }
        let derivation = BundleDerivation(
            judgement.loaded, asOf: asOf, judging: judgement.selection.words, formats: reports.formats)
        do throws(AuditError) {
            var images: [BundledImage] = []
            // Whatever order they were named in.
            let ordered = evidence.map {
                ([$0.image.name, $0.image.platform.description, $0.image.digest.text], $0)
            }
            .sorted { $0.0.lexicographicallyPrecedes($1.0) }
            for (_, evidence) in ordered { images.append(try derivation.image(evidence)) }
            try Publication.save(try bytes(images, derivation), to: file)
            let signature = key.map { "signed with the key \($0.publicKey.id)" } ?? "not signed"
            result.bundle = "\(file), \(signature)"
        } catch {
            result.errors.append(error)
        }
    }

    private func bytes(
        _ images: [BundledImage], _ derivation: BundleDerivation
    ) throws(AuditError) -> [UInt8] {
        do throws(BundleError) {
            let signer = try key.map { key throws(BundleError) in
                try BundleContents.Signer(key.publicKey)
            }
            let contents = derivation.contents(images, signer: signer)
            let files = try contents.files { _, message throws(BundleError) in try sign(message) }
            return try BundleArchive.write(files, at: derivation.asOf)
        } catch {
            throw AuditError(code: .unwritableOutput, place: file, reason: error.description)
        }
    }

    private func sign(_ message: [UInt8]) throws(BundleError) -> [UInt8] {
        do {
            return try key?.sign(message) ?? []
        } catch {
            throw BundleError(.assembly, error.description)
        }
    }
}

extension BundleRecord.Tool {
    /// This program.
    static let this = BundleRecord.Tool(name: Product.name, version: Product.version)
}
