import Model
import TestSupport
import Testing

@testable import ImageReading

@Suite("transfers from a registry", .enabled(if: ProgramRunner.has("python3"), "needs python3"))
struct RegistryTransferTests {
    /// Large enough not to come in one piece.
    private static let content: [UInt8] = {
        var generator = SeededGenerator(seed: 11)
        return generator.bytes(1 << 20)
    }()

    @Test("a transfer that breaks is resumed where it broke")
    func resumed() throws {
        let registry = try ScriptedRegistry(content: Self.content) { script in
            let file = script.layer.hex
            script[script.layerPath] = """
                {"file": "\(file)", "cut": 300000}, {"file": "\(file)", "range": true, "cut": 100000},
                {"file": "\(file)", "range": true}
                """
        }
        #expect(try registry.open().readAll().count == 1)
        let ranges = try registry.requests(for: "/v2/demo/blobs/\(registry.layer)").map {
            $0.headers["range"]
        }
        #expect(ranges == [nil, "bytes=300000-", "bytes=400000-"])
        #expect(registry.delays == [.seconds(1), .seconds(2)])
    }

    @Test("where the server begins anew, what was read is skipped")
    func begunAnew() throws {
        let registry = try ScriptedRegistry(content: Self.content) { script in
            let file = script.layer.hex
            script[script.layerPath] = #"{"file": "\#(file)", "cut": 300000}, {"file": "\#(file)"}"#
        }
        #expect(try registry.open().readAll().count == 1)
    }

    @Test("a server that begins anew, and breaks before where it was, is asked once more")
    func begunAnewTwice() throws {
        let registry = try ScriptedRegistry(content: Self.content) { script in
            let file = script.layer.hex
            script[script.layerPath] =
                #"{"file": "\#(file)", "cut": 300000}, {"file": "\#(file)", "cut": 200000}, {"file": "\#(file)"}"#
        }
        #expect(try registry.open().readAll().count == 1)
    }

    @Test(
        "an answer that is as long as the connection is resumed where the manifest says that the blob goes on"
    )
    func openEnded() throws {
        let registry = try ScriptedRegistry(content: Self.content) { script in
            let file = script.layer.hex
            script[script.layerPath] =
                #"{"file": "\#(file)", "length": null, "cut": 300000}, {"file": "\#(file)", "range": true}"#
        }
        #expect(try registry.open().readAll().count == 1)
        let ranges = try registry.requests(for: "/v2/demo/blobs/\(registry.layer)").map {
            $0.headers["range"]
        }
        #expect(ranges == [nil, "bytes=300000-"])
    }

    @Test(
        "a blob that gets no further is given up after about a minute, and one that ends there at once",
        arguments: [(#"{"file": "FILE", "cut": 300000}"#, 6), (#"{"status": 416}"#, 1)])
    func noProgress(answer: String, pauses: Int) throws {
        let registry = try ScriptedRegistry(content: Self.content) { script in
            let file = script.layer.hex
            script[script.layerPath] =
                #"{"file": "\#(file)", "cut": 300000}, "# + answer.replacing("FILE", with: file)
        }
        let error = #expect(throws: ImageError.self) { try registry.open().readAll() }
        #expect(error?.code == .truncated)
        #expect(registry.delays.count == pauses, "\(registry.delays)")
    }

    @Test("another part than asked for is not taken")
    func otherPart() throws {
        let registry = try ScriptedRegistry(content: Self.content) { script in
            let file = script.layer.hex
            script[script.layerPath] =
                #"{"file": "\#(file)", "cut": 300000}, {"file": "\#(file)", "range": true, "from": 7}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open().readAll() }
        #expect(error?.description.contains("another part") == true)
    }

    @Test("a transfer that always breaks is given up")
    func alwaysBroken() throws {
        let registry = try ScriptedRegistry(content: Self.content) { script in
            script[script.layerPath] = #"{"file": "\#(script.layer.hex)", "range": true, "cut": 1000}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open().readAll() }
        #expect(error?.code == .truncated)
        #expect(try registry.requests(for: "/v2/demo/blobs/\(registry.layer)").count == 11)
    }

    @Test("a registry that is away for a while in the middle of a transfer is waited for")
    func outage() throws {
        let registry = try ScriptedRegistry(content: Self.content) { script in
            let file = script.layer.hex
            let away = Array(repeating: #"{"status": 503}"#, count: 7).joined(separator: ",")
            script[script.layerPath] =
                #"{"file": "\#(file)", "cut": 300000}, \#(away), {"file": "\#(file)", "range": true}"#
        }
        #expect(try registry.open().readAll().count == 1)
    }

    @Test("a registry that stays away is given up after about a minute")
    func staysAway() throws {
        let registry = try ScriptedRegistry(content: Self.content) { script in
            script[script.layerPath] =
                #"{"file": "\#(script.layer.hex)", "cut": 300000}, {"status": 404, "raw": ""}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open().readAll() }
        #expect(error?.code == .truncated)
        let own = registry.delays.filter { $0 == .seconds(32) }
        #expect(own.count == 1, "\(registry.delays)")
    }

    @Test("a line that breaks often, but gets on, brings a large layer all the same")
    func oftenBroken() throws {
        let large = Array(repeating: Self.content, count: 25).flatMap(\.self)
        let registry = try ScriptedRegistry(content: large) { script in
            script[script.layerPath] =
                #"{"file": "\#(script.layer.hex)", "range": true, "cut": \#(2 << 20)}"#
        }
        #expect(try registry.open().readAll().count == 1)
        #expect(registry.delays.count > 10 && registry.delays.allSatisfy { $0 == .seconds(1) })
    }

    @Test("a length that is longer than the content is a transfer that breaks")
    func lyingLength() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.layerPath] =
                #"{"file": "\#(script.layer.hex)", "length": 100000000, "cut": 100000000}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open().readAll() }
        #expect(error?.code == .truncated)
    }

    @Test("a blob that is longer than its descriptor says is read no further")
    func tooLong() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.layerPath] = #"{"file": "\#(script.layer.hex)", "endless": true}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open().readAll() }
        #expect(error == ImageError(.sizeMismatch, at: registry.layer.text, ""))
    }

    @Test("an endless manifest is read no further than manifests are long")
    func endlessManifest() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] = #"{"body": "{", "endless": true}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open() }
        #expect(error?.code == .tooLarge)
    }

    @Test("other content than the digest names is no layer")
    func wrongContent() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.layerPath] = #"{"file": "\#(script.manifest.hex)"}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open().readAll() }
        #expect(error?.place.contains(registry.layer.text) == true)
    }

    @Test(
        "a server that is busy is asked again, after the time it names or ever longer ones",
        arguments: [
            (#"{"status": 429, "headers": [["Retry-After", "7"]]}"#, [Duration.seconds(7)]),
            (#"{"status": 429, "headers": [["Retry-After", "90"]]}"#, [.seconds(60)]),
            (#"{"status": 429, "headers": [["Retry-After", "soon"]]}"#, [.seconds(1)]),
            (
                """
                {"status": 429, "headers": [["Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT"],
                ["Date", "Sun, 06 Nov 1994 08:49:37 GMT"]]}
                """, [.seconds(30)]
            ),
            (#"{"status": 503}, {"status": 500}, {"status": 502}"#, [.seconds(1), .seconds(2), .seconds(4)]),
        ])
    func busy(answers: String, delays: [Duration]) throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] = answers + "," + script.manifestAnswer
        }
        #expect(try registry.open().readAll() == [2_048])
        #expect(registry.delays == delays)
    }

    @Test("a server that asks to be left alone for longer than anybody waits is given up at once")
    func busyForLong() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] = #"{"status": 429, "headers": [["Retry-After", "86400"]]}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open() }
        #expect(error?.description.contains("it asks to come back in 86400 s") == true)
        #expect(registry.delays.isEmpty)
    }

    @Test("a server that sends a little and then nothing, again and again, is given up the second time")
    func stalls() throws {
        let registry = try ScriptedRegistry(content: Self.content) { script in
            script[script.layerPath] =
                #"{"file": "\#(script.layer.hex)", "range": true, "cut": 1000, "hold": 30}"#
        }
        let image = try registry.open(patience: .seconds(1))
        let error = #expect(throws: ImageError.self) { try image.readAll() }
        #expect(error?.code == .unreadable)
        #expect(try registry.requests(for: "/v2/demo/blobs/\(registry.layer)").count == 2)
    }

    @Test("a server that stays busy is given up, and the error says what it said")
    func alwaysBusy() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] =
                #"{"status": 503, "body": "{\"errors\":[{\"code\":\"UNAVAILABLE\",\"message\":\"s3cret\"},{\"code\":\"s3cret\"}]}"}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open() }
        #expect(error?.code == .unavailable)
        #expect(error?.description.contains("503") == true)
        #expect(error?.description.contains("UNAVAILABLE") == true)
        #expect(error?.description.contains("s3cret") == false)
        #expect(registry.delays.count == 4)
    }
}
