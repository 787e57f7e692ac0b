import Archives
import Foundation
import ImageReading
import ImageWriting
import Model
import TestSupport
import Testing

@Suite(
    "images that an engine has",
    .enabled(if: ProgramRunner.has("python3"), "needs python3 for a server that plays the engine"))
struct EngineTests {
    /// A server that plays an engine with one image, `app:v1`.
    private struct Stage {
        let image: WrittenImage
        let server: ScriptedServer
        let archive: [UInt8]

        /// `export` is what the engine answers when the image is asked for, `description` what it says of it.
        init(
            _ form: ImageFormat = .dockerArchiveLegacy, export: String = #"[{"file":"image.tar"}]"#,
            ping: String = #"[{"headers":[["Api-Version","1.47"]],"body":"OK"}]"#,
            description: String? = nil
        ) throws {
            let folder = try ScratchFolder()
            let builder = EngineTests.builder()
            image = try ImageBundle(builder, name: "app:v1").write(to: folder.file("image.tar"), as: form)[0]
            archive = try folder.read("image.tar")
            let id = form == .dockerArchive ? image.manifestDigest : image.configDigest
            let diffIDs = image.layers.map { "\"\($0.diffID)\"" }.joined(separator: ",")
            let document = #"{"Id":"\#(id)","RootFS":{"Type":"layers","Layers":[\#(diffIDs)]}}"#
            let described = description ?? #"[{"body":\#(EngineTests.quoted(document))}]"#
            server = try ScriptedServer(
                """
                {"/_ping": \(ping), "/images/app%3Av1/json": \(described),
                 "/images/\(id.replacing(":", with: "%3A"))/get": \(export)}
                """, files: ["image.tar": archive])
        }

        var address: String { "tcp://127.0.0.1:\(server.port)" }

        func open(_ name: String = "app:v1") throws -> [Image] {
            try ImageOpener.open(
                try ImageReference.parse("docker-daemon:\(name)"),
                connection: ConnectionOptions(engines: [address]))
        }
    }

    /// Three layers; the first one again at the end, and one that is larger than a server's or libarchive's buffers.
    private static func builder() -> ImageBuilder {
        var image = ImageBuilder(created: "2026-01-02T03:04:05Z")
        var first = LayerBuilder()
        first.file("first", "1")
        var second = LayerBuilder()
        second.file("second", [UInt8](repeating: 7, count: 1_500_000))
        for (number, layer) in [first, second, first].enumerated() {
            image.layer(layer, createdBy: "step \(number)", compression: .none)
        }
        return image
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\"", with: "\\\"") + "\""
    }

    @Test(
        "an engine's image is read, in the form of every version, in two requests",
        arguments: [ImageFormat.dockerArchive, .dockerArchiveLegacy, .dockerArchiveFlat])
    func forms(form: ImageFormat) throws {
        let stage = try Stage(form)
        let image = try stage.open()[0]
        #expect(image.name == "docker-daemon:app:v1")
        #expect(image.configDigest.text == stage.image.configDigest)
        #expect(image.layers.map(\.diffID.text) == stage.image.layers.map(\.diffID))
        let sequence = try #require(image.sequence)
        var read: Set<Digest> = []
        for layer in sequence where read.insert(layer.digest).inserted {
            _ = try image.reader(for: layer).finish()
        }
        #expect(try paths(image) == [["/first"], ["/second"], ["/first"]])
        let asked = try stage.server.requests().map(\.path)
        #expect(asked.prefix(2) == ["/_ping", "/images/app%3Av1/json"])
        #expect(asked.dropFirst(2).prefix(2).allSatisfy { $0.hasSuffix("/get") })
    }

    @Test("the order of the stream costs one request beside the one for the names")
    func requests() throws {
        let stage = try Stage()
        let image = try stage.open()[0]
        let large = try #require(image.sequence?.first { $0.index == 1 })
        _ = try image.reader(for: large).finish()
        #expect(try stage.server.requests().filter { $0.path.hasSuffix("/get") }.count == 2)
    }

    @Test("an image that the engine does not have is named, with the engine's own words")
    func noSuchImage() throws {
        let stage = try Stage(
            description: #"[{"status":404,"body":"{\"message\":\"No such image: app:v1\"}"}]"#)
        let error = #expect(throws: ImageError.self) { try stage.open() }
        #expect(error?.code == .notFound && error?.place == "docker-daemon:app:v1")
        #expect(error?.description.contains("No such image: app:v1") == true)
        #expect(throws: ImageError(.notFound, at: "docker-daemon:../x y?z#ü", "")) {
            try stage.open("../x y?z#ü")
        }
        let path = try stage.server.requests().last?.path
        #expect(path == "/images/..%2Fx%20y%3Fz%23%C3%BC/json")
    }

    @Test(
        "an engine that fails is one that fails",
        arguments: [
            (#"[{"status":500,"body":"{\"message\":\"disk on fire\"}"}]"#, "disk on fire"),
            (#"[{"status":204}]"#, "status 204"),
            (#"[{"status":500,"body":"<html>"}]"#, "status 500"),
            (#"[{"status":301,"headers":[["Location","/elsewhere"]]}]"#, "does not answer"),
        ])
    func failing(answer: String, words: String) throws {
        let error = #expect(throws: ImageError.self) { try Stage(description: answer).open() }
        #expect(error?.code == .unreadable && error?.description.contains(words) == true)
        let later = #expect(throws: ImageError.self) { try Stage(export: answer).open() }
        #expect(later?.code == .unreadable && later?.description.contains(words) == true)
    }

    @Test(
        "an answer that is none does no harm",
        arguments: [
            (#"[{"body":"{}"}]"#, ImageError.Code.malformedDocument),
            (#"[{"body":"{\"Id\":\"../../x\"}"}]"#, .malformedDocument),
            (#"[{"body":"no JSON"}]"#, .malformedDocument), (#"[{"endless":true}]"#, .tooLarge),
            (#"[{"raw":"nonsense"}]"#, .unreadable),
        ])
    func strangeDescription(answer: String, code: ImageError.Code) throws {
        let error = #expect(throws: ImageError.self) { try Stage(description: answer).open() }
        #expect(error?.code == code, "\(String(describing: error))")
    }

    @Test(
        "a stream that is none does no harm",
        arguments: [#"[{"endless":true}]"#, #"[{"body":"no tar"}]"#, #"[{"body":""}]"#])
    func strangeStream(answer: String) throws {
        #expect(throws: ImageError.self) { try Stage(export: answer).open() }
    }

    @Test("headers without end are refused")
    func headers() throws {
        let line = "X-Filler: \(String(repeating: "x", count: 1_000))\\r\\n"
        let answer = #"[{"raw":"HTTP/1.1 200 OK\r\n\#(String(repeating: line, count: 5_000))"}]"#
        let error = #expect(throws: ImageError.self) { try Stage(description: answer).open() }
        #expect(error?.code == .unreadable && error?.description.contains("headers") == true)
    }

    @Test("an engine that dies while it sends the image is told of, whichever time it is")
    func dies() throws {
        let cut = #"{"file":"image.tar","cut":1000000}"#
        let error = #expect(throws: ImageError.self) { try Stage(export: "[\(cut)]").open() }
        #expect(error?.code == .truncated && error?.description.contains("broke off") == true)
        let stage = try Stage(export: #"[{"file":"image.tar"},\#(cut)]"#)
        defer { withExtendedLifetime(stage) {} }
        let image = try stage.open()[0]
        let outcomes = image.layers.map { layer in
            Result { try image.reader(for: layer).finish() }
        }
        let words = outcomes.compactMap { outcome in
            if case .failure(let error as ImageError) = outcome { return "\(error.code) \(error)" }
            return nil
        }
        #expect(words.contains { $0.hasPrefix("truncated") && $0.contains("broke off") }, "\(words)")
    }

    @Test("another image than the one that was asked for is refused")
    func otherImage() throws {
        let id = "sha256:" + String(repeating: "ab", count: 32)
        let stage = try Stage()
        try stage.server.follow(
            """
            {"/_ping": [{"headers":[["Api-Version","1.47"]],"body":"OK"}],
             "/images/app%3Av1/json": [{"body":"{\\"Id\\":\\"\(id)\\"}"}],
             "/images/\(id.replacing(":", with: "%3A"))/get": [{"file":"image.tar"}]}
            """)
        #expect(throws: ImageError(.digestMismatch, at: "docker-daemon:app:v1", "")) { try stage.open() }
    }

    @Test("a server that is no engine is passed over, and named when there is no other")
    func noEngine() throws {
        let stage = try Stage(ping: #"[{"body":"OK"}]"#)
        let error = #expect(throws: ImageError.self) { try stage.open() }
        #expect(error?.code == .noEngine && error?.description.contains(stage.address) == true)
        let other = try Stage()
        let reference = try ImageReference.parse("docker-daemon:app:v1")
        let images = try ImageOpener.open(
            reference, connection: ConnectionOptions(engines: ["ssh://far", stage.address, other.address]))
        #expect(images.count == 1)
    }
}
