import Bundling
import Evaluation
import Model
import PolicyLoading
import Reporting

/// Judges evidence and renders its reports for a bundle: once to write it, and again to verify it.
struct BundleDerivation {
    /// The documents that every bundle has, so that they are no reports among others.
    private static let usual = ["evidence", "assessment"]

    let loaded: LoadedPolicy
    private let evaluator: Evaluator
    let asOf: Instant
    /// The words of the command line that named the policy, which reports repeat.
    let judging: [String]
    /// The reports to render, by the ids of their formats, in the order of all formats.
    let formats: [String]

    /// `formats` may name any, in any order.
    init(_ loaded: LoadedPolicy, asOf: Instant, judging: [String], formats: [String]) {
        self.loaded = loaded
        evaluator = Evaluator(loaded.policy, signOffs: loaded.signOffs)
        self.asOf = asOf
        self.judging = judging
        let wanted = Set(formats).subtracting(Self.usual)
        self.formats = ReportFormats.all.map(\.id).filter(wanted.contains)
    }

    /// What comes of holding `evidence` against the policy; `reports` are taken as they are where they are given.
    func image(_ evidence: Evidence, reports: [BundleFile]? = nil) throws(AuditError) -> BundledImage {
        let judged = evaluator.judged(evidence, asOf: asOf)
        let assessment = evaluator.assess(judged)
        let report = Publication.report(
            on: assessment, of: evidence, judged, under: loaded.policy, judging: judging)
        do {
            let documents = try Self.files(report, Self.usual)
            let rendered = reports == nil ? try Self.files(report, formats) : []
            return BundledImage(
                evidence: evidence, assessment: assessment,
                documents: documents + (reports ?? [])
                    + rendered.map { BundleFile(name: BundledImage.reports + $0.name, bytes: $0.bytes) })
        } catch {
            throw Publication.failure(error)
        }
    }

    /// The contents of a bundle of `images`.
    func contents(
        _ images: [BundledImage], signer: BundleContents.Signer?
    ) -> BundleContents {
        contents(images, madeBy: .this, formats: formats, signer: signer, readme: nil)
    }

    /// The same of a bundle that another version made, which knows other formats and says other things of itself.
    func contents(
        _ images: [BundledImage], madeBy tool: BundleRecord.Tool, formats: [String],
        signer: BundleContents.Signer?, readme: [UInt8]?
    ) -> BundleContents {
        BundleContents(
            tool: tool, asOf: asOf, judging: judging, formats: formats,
            policy: Self.documents(loaded.documents.policy),
            signOffs: Self.documents(loaded.documents.signOffs), images: images, signer: signer,
            readme: readme)
    }

    private static func files(_ report: Report, _ formats: [String]) throws(ReportError) -> [BundleFile] {
        try ReportFiles.render(report, formats: formats.compactMap(ReportFormats.named))
            .map { BundleFile(name: $0.name, bytes: $0.bytes) }
    }

    private static func documents(_ sources: [PolicySource]) -> [BundleContents.Document] {
        sources.map { BundleContents.Document(path: $0.path, bytes: $0.bytes) }
    }
}
