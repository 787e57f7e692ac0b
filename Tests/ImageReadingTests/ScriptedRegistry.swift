import Model
import Synchronization
import TestSupport

@testable import ImageReading

/// A registry that answers as a test wants, with an image of one layer in it.
final class ScriptedRegistry: Sendable {
    static let manifestType = "application/vnd.oci.image.manifest.v1+json"

    let server: ScriptedServer
    let image: FixtureImage.Manifest
    let layer: Digest
    private let waits = Mutex<[Duration]>([])

    /// Starts it; `change` may put other answers in the place of those that an honest registry gives.
    init(
        content: [UInt8], statesType: Bool = true, _ change: (inout Script) -> Void = { _ in }
    ) throws {
        let fixture = try FixtureImage()
        var tar = RawTar()
        tar.add("file".utf8, content)
        tar.end()
        let layer = try fixture.layer(tar.bytes)
        image = try fixture.manifest(layers: [layer], statesType: statesType)
        self.layer = layer.digest
        try fixture.write([image])
        var script = Script(manifest: image.digest, layer: layer.digest)
        var files: [String: [UInt8]] = [:]
        for name in try fixture.folder.names(in: "image/blobs/sha256") {
            files[name] = try fixture.folder.read("image/blobs/sha256/\(name)")
            script["/v2/demo/blobs/sha256:\(name)"] = #"{"file": "\#(name)", "range": true}"#
        }
        script[script.tagPath] = script.manifestAnswer
        script[script.manifestPath] = script.manifestAnswer
        change(&script)
        server = try ScriptedServer(script.json, files: files)
    }

    /// What it answers, by path: answers as `Tests/Servers/scripted.py` explains them, without the brackets.
    struct Script {
        let manifest: Digest
        let layer: Digest
        private var answers: [String: String] = [:]

        init(manifest: Digest, layer: Digest) {
            self.manifest = manifest
            self.layer = layer
        }

        let tagPath = "/v2/demo/manifests/1"
        var manifestPath: String { "/v2/demo/manifests/\(manifest)" }
        var layerPath: String { "/v2/demo/blobs/\(layer)" }
        var manifestAnswer: String { manifestAnswer(type: ScriptedRegistry.manifestType) }
        var json: String {
            "{" + answers.map { #""\#($0.key)": [\#($0.value)]"# }.joined(separator: ",") + "}"
        }

        func manifestAnswer(type: String) -> String {
            #"{"file": "\#(manifest.hex)", "headers": [["Content-Type", "\#(type)"]]}"#
        }

        /// Every answer a second time, for requests that come as a proxy gets them.
        mutating func answerAlso(at server: String) {
            for (path, answer) in answers { answers[server + path] = answer }
        }

        subscript(path: String) -> String {
            get { answers[path] ?? "" }
            set { answers[path] = newValue }
        }
    }

    /// How long was waited before asking again.
    var delays: [Duration] { waits.withLock { $0 } }

    /// Opens the image as the program does, but for the waiting.
    func open(
        _ name: String = "demo:1", host: String? = nil, environment: [String: String] = [:],
        allowsPlainHTTP: Bool = false, patience: Duration = .seconds(60)
    ) throws -> Image {
        var retry = RetryPolicy()
        retry.patience = patience
        retry.pause = { [self] delay in waits.withLock { $0.append(delay) } }
        let reference = try ImageReference.parse("docker://\(host ?? "127.0.0.1:\(server.port)")/\(name)")
        let options = ConnectionOptions(allowsPlainHTTP: allowsPlainHTTP, environment: environment)
        let images = try RegistryImages(reference, options, retry: retry).images(reference, .host)
        guard let image = images.first, images.count == 1 else {
            throw ProgramRunner.Failure(description: "\(images.count) images")
        }
        return image
    }

    /// The requests for `path`.
    func requests(for path: String) throws -> [ScriptedServer.Request] {
        try server.requests().filter { $0.path == path }
    }
}

extension Image {
    /// Reads every layer to its proven end, and gives the size of each.
    func readAll() throws -> [Int] {
        try layers.map { layer in try reader(for: layer).finish().uncompressedSize }
    }
}
