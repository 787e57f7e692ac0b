import Cryptography
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Bundling
@testable import Pipeline

/// A small bundle, signed and not, of an image with a secret under a policy of one rule.
struct BundleBench {
    static let asOf = Instant(seconds: 1_790_000_000)

    let evidence: Evidence
    let judgement: Judgement
    let key: SigningKey
    private let scratch: ScratchFolder

    init(_ algorithm: SignatureAlgorithm = .ed25519) async throws {
        scratch = try ScratchFolder()
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        var layer = LayerBuilder()
        layer.file("app/.env", "TOKEN=\(Samples.token())\n")
        image.layer(layer, createdBy: "COPY . /")
        evidence = try await Samples.evidence(of: image)
        let policy = try scratch.write(Self.policy, to: "own.yaml")
        judgement = try Judgement(PolicySelection(paths: [policy]))
        key = try SigningKey.generate(algorithm)
        try scratch.write(try key.pem(passphrase: nil), to: "key.pem")
    }

    private static let policy = """
        apiVersion: palimpsest/v1
        kind: Policy
        id: own
        title: Our own
        rules:
          - id: own.secrets
            title: No credential
            rationale: It is known to whoever has the image.
            requires: [secrets]
            each: finding
            match: {field: kind, glob: credential.*}
            effect: fail
            severity: high
            remediation: Revoke it.
            controls:
              - {control: "NHI2:2025", relation: direct, rationale: It leaks.}

        """

    /// The bundle as a run writes it.
    func bytes(isSigned: Bool, formats: [String] = ["junit"], evidence: [Evidence]? = nil) throws -> [UInt8] {
        let place = scratch.file("out.bundle")
        let signing = SigningRequest(keyFile: scratch.file("key.pem")) { () throws(AuditError) in nil }
        let bundler = try Bundler(BundleRequest(file: place, signing: isSigned ? signing : nil))
        var result = AuditResult()
        bundler.write(
            evidence ?? [self.evidence], under: judgement, ReportSelection(formats: formats, folder: nil),
            asOf: Self.asOf, into: &result)
        if let error = result.errors.first { throw error }
        return try scratch.read("out.bundle")
    }

    func derivation(formats: [String]) -> BundleDerivation {
        BundleDerivation(
            judgement.loaded, asOf: Self.asOf, judging: judgement.selection.words, formats: formats)
    }

    /// The bundle with other files, all digests and signatures made anew by whoever has the key.
    func forged(isSigned: Bool, _ change: (BundledImage) -> BundledImage?) throws -> [UInt8] {
        let derivation = derivation(formats: [])
        let signer = isSigned ? try BundleContents.Signer(key.publicKey) : nil
        let images = [change(try derivation.image(evidence))].compactMap(\.self)
        let contents = derivation.contents(images, signer: signer)
        let files = try contents.files { _, message throws(BundleError) in
            do {
                return try key.sign(message)
            } catch {
                throw BundleError(.assembly, "\(error)")
            }
        }
        return try BundleArchive.write(files, at: Self.asOf)
    }

    /// The unsigned bundle with other files, and the digests made anew by whoever changed them.
    func resealed(_ change: (inout [BundleFile]) -> Void) throws -> [UInt8] {
        var files = try BundleArchive.read(try bytes(isSigned: false))
        let isSeal = { (file: BundleFile) in
            file.name == Checksums.fileName || file.name.hasSuffix(BundleContents.statementName)
        }
        let old = try #require(files.first { $0.name == Checksums.fileName })
        let statements = files.filter { isSeal($0) && $0 != old }
        files.removeAll(where: isSeal)
        change(&files)
        let sums = Checksums.list(files.sorted())
        let sealed = statements.map { file in
            let text = String(decoding: file.bytes, as: UTF8.self).replacing(
                HexDigits.text(SHA256Hasher.hash(old.bytes)),
                with: HexDigits.text(SHA256Hasher.hash(sums.bytes)))
            return BundleFile(name: file.name, bytes: Array(text.utf8))
        }
        return try BundleArchive.write(files + [sums] + sealed, at: Self.asOf)
    }

    /// The code and the reason of the refusal; nil where the bundle is accepted.
    static func refusal(_ bytes: [UInt8], key: VerifyingKey? = nil) -> (
        code: AuditError.Code, reason: String
    )? {
        do throws(AuditError) {
            _ = try BundleVerification.verify(bytes, key: key, place: "b")
            return nil
        } catch {
            return (error.code, error.reason)
        }
    }
}
