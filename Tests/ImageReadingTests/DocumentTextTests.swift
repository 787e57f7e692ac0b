import ImageReading
import Model
import TestSupport
import Testing

/// Text in the documents of an image at places that nobody asks for.
@Suite("The text of documents")
struct DocumentTextTests {
    private static func open(_ fixture: FixtureImage) throws -> Image {
        try #require(try ImageOpener.open(try ImageReference.parse("oci:" + fixture.path)).first)
    }

    private static func texts(_ image: Image) -> [String: String] {
        Dictionary(
            image.configuration.fields.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    }

    @Test("what stands beside a layer, in its index or in no field of the format is a field like any other")
    func everywhere() throws {
        let fixture = try FixtureImage()
        var layer = try fixture.layer(tar("a"))
        layer.json.removeLast()
        layer.json += #","urls":["https://u:pw@host/x"],"annotations":{"com.corp/token":"one two"}}"#
        let image = try fixture.manifest(
            layers: [layer], platform: "linux/amd64", extra: #","annotations":{"org.note":"of the entry"}"#)
        let other = try fixture.manifest(
            layers: [layer], architecture: "arm64", platform: "linux/arm64",
            extra: #","annotations":{"org.note":"of another"}"#)
        let inner = try fixture.index([other, image])
        try fixture.write([inner])
        let texts = Self.texts(try Self.open(fixture))
        #expect(texts["Manifest/layers/0/urls/0"] == "https://u:pw@host/x")
        #expect(texts["Manifest/layers/0/annotations/com.corp/token"] == "com.corp/token=one two")
        #expect(
            texts["Index/\(inner.digest.short)/manifests/1/annotations/org.note"] == "org.note=of the entry")
        #expect(!texts.values.contains("org.note=of another"))
    }

    @Test(
        "an annotation is looked at with its name, however short its value, and whatever it is",
        arguments: [#""ghp_aB3dEf7hIjKlMnOpQrStUvWxYz0123456789":"""#, #""password":"Harbour42""#])
    func annotations(pair: String) throws {
        let fixture = try FixtureImage()
        var layer = try fixture.layer(tar("a"))
        layer.json.removeLast()
        layer.json += #","annotations":{\#(pair)}}"#
        try fixture.write([try fixture.manifest(layers: [layer], extra: #","x":{"annotations":"a b c"}"#)])
        let texts = Self.texts(try Self.open(fixture)).values
        #expect(texts.contains { $0.hasPrefix("ghp_") || $0 == "password=Harbour42" })
        #expect(texts.contains("a b c"))
    }

    @Test("an index with more text of its own than any has is refused, for each of its images would have it")
    func large() throws {
        let fixture = try FixtureImage()
        let image = try fixture.manifest(layers: [try fixture.layer(tar("a"))], platform: "linux/amd64")
        let notes = (0..<600).map { "\"note \($0)\":\"of it\"" }.joined(separator: ",")
        let index = #"{"schemaVersion":2,"manifests":[\#(image.json)],"annotations":{\#(notes)}}"#
        try fixture.write([try fixture.entry(index, mediaType: "application/vnd.oci.image.index.v1+json")])
        let error = #expect(throws: ImageError.self) { try Self.open(fixture) }
        #expect(error?.code == .tooLarge)
    }

    @Test("an image that an index lists twice has the text of both entries")
    func twice() throws {
        let fixture = try FixtureImage()
        let layer = try fixture.layer(tar("a"))
        let (first, second) = (
            try fixture.manifest(layers: [layer], extra: #","annotations":{"k":"the first"}"#),
            try fixture.manifest(layers: [layer], extra: #","annotations":{"k":"the second"}"#)
        )
        try fixture.write([first, second])
        let texts = Self.texts(try Self.open(fixture)).values
        #expect(texts.contains("k=the first") && texts.contains("k=the second"))
    }

    @Test(
        "what is no platform and no time is text, and never the image's platform",
        arguments: [
            ("ghp_aB3dEf7hIjKlMnOpQrStUvWxYz0123456789", "amd64", "Config/os"),
            ("linux", "ghp_aB3dEf7hIjKlMnOpQrStUvWxYz0123456789", "Config/architecture"),
            ("linux", "a b", "Config/architecture"),
        ])
    func platform(system: String, architecture: String, field: String) throws {
        let fixture = try FixtureImage()
        try fixture.write([
            try fixture.manifest(
                layers: [try fixture.layer(tar("a"))], os: system, architecture: architecture)
        ])
        let image = try Self.open(fixture)
        #expect(Self.texts(image)[field] == (field.hasSuffix("os") ? system : architecture))
        #expect(image.platform.description.contains("unknown"))
        #expect(!image.platform.description.contains("ghp_"))
    }

    @Test("a step's time that is none is text")
    func step() throws {
        let fixture = try FixtureImage.simple(
            [tar("a")], history: #"[{"created":"token of us","created_by":"COPY","x":{"y":"more of it"}}]"#)
        let texts = Self.texts(try Self.open(fixture))
        #expect(texts["Config/history/0/created"] == "token of us")
        #expect(texts["Config/history/0/x/y"] == "more of it")
    }

    @Test("of what the format itself says nothing is a field")
    func plain() throws {
        let fixture = try FixtureImage.simple([tar("a")], history: #"[{"created_by":"COPY"}]"#)
        let names = Self.texts(try Self.open(fixture)).keys.filter { !$0.hasPrefix("history/") }
        #expect(names.allSatisfy { $0.hasSuffix("/mediaType") }, "\(names)")
    }
}
