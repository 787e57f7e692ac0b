import Model
import Testing

@Suite struct FactFieldTests {
    @Test("no subject has two fields of one name", arguments: FactSubject.allCases)
    func unique(subject: FactSubject) {
        let names = FactField.all.filter { $0.subjects.contains(subject) }.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names { #expect(FactField.named(name, of: subject)?.name == name) }
    }

    @Test("every label of an image is a field; empty where it has none, unknown where nobody took them down")
    func labels() throws {
        let field = try #require(FactField.named("label.org.example/team", of: .image))
        #expect(FactField.named("label.team", of: .finding) == nil)
        #expect(FactField.named("label.", of: .image) == nil)
        let digest = Digest(sha256: Array(repeating: 1, count: 32))
        var image = ImageFacts(
            name: "demo", digest: digest, platform: "linux/amd64", created: nil, configDigest: digest)
        func value() -> AttributeValue? {
            Evidence(
                image: image, layers: [], findings: [], inventory: [], gaps: [], receipts: [],
                fingerprintKey: "00000000"
            ).value(of: field)
        }
        #expect(value() == nil)
        image.labels = [:]
        #expect(value() == .text(""))
        image.labels = ["org.example/team": "payments"]
        #expect(value() == .text("payments"))
    }

    @Test(
        "a base is known where it was looked at or the history shows where it ends, and not by its name alone"
    )
    func based() throws {
        let field = try #require(FactField.named("based", of: .image))
        let digest = Digest(sha256: Array(repeating: 1, count: 32))
        func value(_ base: ImageFacts.Base?, origin: Origin = .unknown) -> AttributeValue? {
            let image = ImageFacts(
                name: "demo", digest: digest, platform: "linux/amd64", created: nil, configDigest: digest,
                base: base)
            let layer = LayerFacts(index: 0, history: 0, createdBy: nil, origin: origin)
            return Evidence(
                image: image, layers: [layer], findings: [], inventory: [], gaps: [], receipts: [],
                fingerprintKey: "00000000"
            ).value(of: field)
        }
        func base(_ source: ImageFacts.Base.Source, layers: Int, own: Int? = nil) -> ImageFacts.Base {
            ImageFacts.Base(name: "debian", digest: nil, layers: layers, source: source, ownLayers: own)
        }
        #expect(value(nil) == .flag(false))
        #expect(value(base(.annotation, layers: 0)) == .flag(false))
        #expect(value(base(.given, layers: 0)) == .flag(false), "it is not to be had for the platform")
        #expect(value(base(.given, layers: 0, own: 3)) == .flag(true))
        #expect(value(base(.history, layers: 1)) == .flag(true))
        #expect(value(nil, origin: .base) == .flag(true))
    }

    @Test("a severity and a confidence have their values in order")
    func values() {
        #expect(
            FactField.named("severity", of: .finding)?.values == [
                "info", "low", "medium", "high", "critical",
            ])
        #expect(FactField.named("confidence", of: .finding)?.values == ["low", "medium", "high"])
        #expect(Severity.allCases.sorted() == Severity.allCases)
        #expect(Confidence.allCases.sorted() == Confidence.allCases)
    }
}
