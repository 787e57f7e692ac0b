import Model
import Testing

@testable import Reporting

@Suite("The base in a report")
struct BaseSummaryTests {
    @Test(
        "a sentence says which base it is and how sure that is",
        arguments: [
            (
                ImageFacts.Base.Source.given, 2, 2,
                "Built on debian:12: the bottom 2 layers are from it, by the digests."
            ),
            (
                .given, 1, 3,
                "Shares 1 of the 3 layers of debian:12, by their digests: built on another version of it, "
                    + "or on what that was built on."
            ),
            (
                .given, 0, 3,
                "Not built on debian:12: they share no layer, so none counts as inherited."
            ),
            (
                .given, 0, nil,
                "debian:12 is not to be had for this platform, so no layer counts as inherited."
            ),
            (
                .annotation, 1, nil,
                "Built on debian:12, as an annotation says; that the bottom layer is from it is a guess from the "
                    + "history."
            ),
            (
                .annotation, 0, nil,
                "Built on debian:12, as an annotation says; nothing tells which layers are from it."
            ),
            (.history, 2, nil, "Built on debian:12, as the history notes: the bottom 2 layers are from it."),
        ] as [(ImageFacts.Base.Source, Int, Int?, String)])
    func sentence(source: ImageFacts.Base.Source, layers: Int, own: Int?, sentence: String) {
        let base = ImageFacts.Base(
            name: "debian:12", digest: nil, layers: layers, source: source, ownLayers: own)
        #expect(BaseSummary(base).sentence.text == sentence)
    }

    @Test("what an image or a person calls a base is cleaned like any other text")
    func hostile() {
        let base = ImageFacts.Base(
            name: "debian\u{1b}[31m\u{202e}", digest: nil, layers: 1, source: .annotation)
        let text = BaseSummary(base).sentence.text
        #expect(!text.unicodeScalars.contains("\u{1b}") && !text.unicodeScalars.contains("\u{202e}"))
    }

    @Test(
        "every format that people read tells of the base, and of what to do about what is from it",
        arguments: ["html", "junit", "markdown"])
    func told(id: String) throws {
        let format = try #require(ReportFormats.named(id))
        let report = ReportCase.leakyAgent.report
        #expect(report.subjects.contains { report.inheritanceSentence(of: $0) != nil })
        let text = String(decoding: try format.write(report), as: UTF8.self)
        #expect(text.contains("by the digests"))
        #expect(text.contains("fix it there, all images on it have it"))
    }
}
