import Model
import Testing

@testable import Reporting

@Suite("The report on a build cache")
struct BuildCacheReportTests {
    /// Two layers upon one, with what there is to say of a cache and of what lies beside an image.
    private static let example: ReportCase = {
        var layers = [0, 1, 2].map {
            Made.layerFacts($0, history: 0, nil, bytes: 1000 * ($0 + 1), origin: .cache)
        }
        for index in layers.indices { layers[index].history = nil }
        layers[1].parent = 0
        layers[2].parent = 0
        layers[2].created = Instant(seconds: 1_772_359_200)
        let image = ImageFacts(
            kind: .buildCache, name: "oci:cache", digest: Made.digest(1), platform: "unknown/unknown",
            created: nil, configDigest: Made.digest(2))
        let evidence = Evidence(
            image: image, layers: layers, findings: [], inventory: [],
            gaps: [
                Gap(layer: nil, reason: .attestation, detail: "an attestation: its text was looked at"),
                Gap(layer: nil, reason: .artifact, detail: "a Helm chart: no image, not looked at"),
            ],
            receipts: [
                Made.receipt("credentials", provides: [.secrets], layers: layers, target: image.digest)
            ], fingerprintKey: "5f0c2a91")
        return ReportCase.make("cache", evidence: evidence, outcomes: [:], receipts: ["credentials"])
    }()

    @Test(
        "every format that people read says that it is a build cache and no image",
        arguments: ["html", "junit", "markdown"])
    func kind(id: String) throws {
        let format = try #require(ReportFormats.named(id))
        let text = String(decoding: try format.write(Self.example.report), as: UTF8.self)
        #expect(text.contains("build cache"))
        #expect(!text.contains("What a container sees"))
        guard id != "junit" else { return }
        #expect(text.contains("This is a build cache and no image"))
        #expect(text.contains("a Helm chart: no image, not looked at"))
    }

    @Test("a layer says what it lies upon and when it was made, and that no instruction is known")
    func layers() {
        #expect(
            Self.example.report.layers.map(\.instruction.text) == [
                "layer of a build stage, upon nothing; a cache records no instruction",
                "layer of a build stage, upon layer 0; a cache records no instruction",
                "layer of a build stage, upon layer 0, made 2026-03-01T10:00:00Z; a cache records no instruction",
            ])
    }

    @Test("what lies beside it hides nothing")
    func gaps() {
        let report = Self.example.report
        #expect(report.basis.blockingGaps == 0 && report.basis.layersWhole == 3)
        #expect(report.basis.gapsText.text == "2 gaps, none of which hides anything")
        func text(_ reasons: GapReason...) -> String {
            let gaps = reasons.enumerated().map {
                Gap(layer: nil, reason: $0.element, detail: "\($0.offset)")
            }
            return Self.example.changed(gaps: gaps).report.basis.gapsText.text
        }
        #expect(text(.attestation) == "1 gap, which hides nothing")
        #expect(text(.unreadable) == "1 gap, which leaves something unseen")
        #expect(text(.unreadable, .attestation) == "2 gaps, 1 of which leaves something unseen")
        #expect(text(.unreadable, .depthLimit) == "2 gaps, 2 of which leave something unseen")
    }
}
