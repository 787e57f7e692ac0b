import Detection
import ImageWriting
import Model
import TestSupport

@testable import Pipeline

/// An image with a secret that our own detectors find, and other tools' results about it.
struct ResultBench {
    static let key = Array(repeating: 7 as UInt8, count: 32)
    static let token = Samples.token(31)

    let evidence: Evidence
    let trace: LayerTrace
    let target: ToolFixture.Target
    private let scratch: ScratchFolder

    init() async throws {
        scratch = try ScratchFolder()
        var image = ImageBuilder(created: "2026-11-01T10:00:00Z")
        var first = LayerBuilder()
        first.file("app/.env", "A=1\nB=2\nTOKEN=\(Self.token)\n")
        first.file("app/old.env", "OLD=1\n")
        first.file("var/lib/dpkg/status", "Package: openssl\n")
        image.layer(first, createdBy: "COPY . / # buildkit")
        var second = LayerBuilder()
        second.whiteout("app/old.env")
        second.file("app/new.env", "NEW=1\n")
        image.layer(second, createdBy: "RUN /bin/sh -c tidy # buildkit")
        _ = try ImageBundle(image, name: "trial:1").write(to: scratch.file("image"), as: .ociLayout)
        let opened = try ImageSelection.open(scratch.file("image"), platform: "all")
        (evidence, trace) = try await Inspection.run(
            opened[0], detectors: Samples.detectors, workers: 2, memory: LayerMemory()
        ) { _ in }
        var target = ToolFixture.Target()
        target.image = evidence.image.digest.text
        target.config = evidence.image.configDigest.text
        target.layers = evidence.layers.compactMap(\.diffID?.text)
        self.target = target
    }

    /// The evidence with these results.
    func adding(
        _ results: String..., format: String? = nil, assuming: Bool = false, withImage: Bool = true,
        key: [UInt8] = key
    ) throws -> Evidence {
        try adding(
            results.map { Array($0.utf8) }, format: format, assuming: assuming, withImage: withImage, key: key
        )
    }

    func adding(
        _ results: [[UInt8]], format: String? = nil, assuming: Bool = false, withImage: Bool = true,
        key: [UInt8] = key
    ) throws -> Evidence {
        let names = try results.enumerated().map { try scratch.write($1, to: "results-\($0)") }
        let selection = ResultSelection(
            sources: names.map { name in
                ResultSelection.Source(
                    (format.map { $0 + ":" } ?? "") + name, formats: ResultListing.formats.map(\.id))
            }, assumesTarget: assuming)
        var intake = try ResultIntake(
            selection, key: FingerprintKey(bytes: key), detectors: Samples.detectors)
        return try intake.evidence(evidence, trace: withImage ? trace : nil, isOnlyImage: true)
    }

    /// gitleaks' word on our own token, or on another secret.
    static func gitleaks(_ secret: String = token, file: String = "app/.env", line: Int = 3) -> String {
        #"[{"RuleID": "generic-api-key", "File": "\#(file)", "StartLine": \#(line), "Secret": "\#(secret)", "Match": "x"}]"#
    }

    /// TruffleHog's.
    func truffleHog(_ secret: String = token) -> String {
        #"{"SourceMetadata":{"Data":{"Docker":{"file":"/app/.env","layer":"\#(target.layers[0])"}}},"DetectorName":"Slack","DecoderName":"PLAIN","Verified":true,"Raw":"\#(secret)"}"#
            + "\n"
    }
}
