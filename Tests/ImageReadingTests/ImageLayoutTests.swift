import ImageReading
import Model
import TestSupport
import Testing

@Suite("image layouts")
struct ImageLayoutTests {
    @Test("manifest, configuration and layers come out as they are stored")
    func simple() throws {
        let config = """
            {"User":"1000","Env":["PATH=/bin","EMPTY=","BARE","A=b=c"],"Labels":{"z":"1","a":"2"},"Cmd":["sh","-c"],
            "Entrypoint":["/init"],"Healthcheck":{"Test":["CMD","true"]},"WorkingDir":"/srv",
            "ExposedPorts":{"80/tcp":{},"443/tcp":null},"Volumes":{"/b":{},"/a":{}}}
            """
        let fixture = try FixtureImage.simple([tar("a"), tar("b")], config: config)
        let image = try #require(try open(fixture.path).first)
        let configuration = image.configuration
        #expect(configuration.user == "1000" && configuration.workingDirectory == "/srv")
        #expect(configuration.environment.map(\.name) == ["PATH", "EMPTY", "BARE", "A"])
        #expect(configuration.environment.map(\.value) == ["/bin", "", "", "b=c"])
        #expect(configuration.labels.map(\.name) == ["a", "z"])
        #expect(configuration.command == ["sh", "-c"] && configuration.entrypoint == ["/init"])
        #expect(configuration.healthcheck == ["CMD", "true"])
        #expect(
            configuration.exposedPorts == ["443/tcp", "80/tcp"] && configuration.volumes == ["/a", "/b"])
        #expect(image.platform.description == "linux/amd64")
        #expect(image.created == Instant("2026-01-02T03:04:05Z"))
        #expect(image.layers.map(\.index) == [0, 1])
        #expect(try paths(image) == [["/a"], ["/b"]])
    }

    @Test("keys count whatever their case, as they do for the programs that run images")
    func keyCase() throws {
        let fixture = try FixtureImage.simple([], config: #"{"eNV":["A=b"],"labels":{"Mixed":"Case"}}"#)
        let configuration = try #require(try open(fixture.path).first).configuration
        #expect(configuration.environment.map(\.name) == ["A"])
        #expect(configuration.labels.map(\.name) == ["Mixed"])
    }

    @Test("history stands beside the layers that it made")
    func history() throws {
        let history = """
            [{"created_by":"ADD base"},{"created_by":"ENV A=b","empty_layer":true},{"created_by":"COPY key"},
            {"created_by":"CMD","empty_layer":true,"comment":"buildkit"}]
            """
        let fixture = try FixtureImage.simple([tar("a"), tar("b")], history: history)
        let image = try #require(try open(fixture.path).first)
        #expect(image.historyMismatch == nil)
        #expect(image.steps.map(\.index) == [0, nil, 1, nil])
        #expect(image.steps.map(\.history) == [0, 1, 2, 3])
        #expect(image.steps.map(\.createdBy) == ["ADD base", "ENV A=b", "COPY key", "CMD"])
        #expect(image.steps.map(\.diffID) == [image.layers[0].diffID, nil, image.layers[1].diffID, nil])
        #expect(image.configuration.history.last?.comment == "buildkit")
    }

    @Test(
        "a history with the wrong count is paired with nothing",
        arguments: [nil, "[]", #"[{"created_by":"x"}]"#, #"[{},{},{}]"#])
    func wrongHistory(history: String?) throws {
        let fixture = try FixtureImage.simple([tar("a"), tar("b")], history: history)
        let image = try #require(try open(fixture.path).first)
        #expect(image.historyMismatch != nil)
        #expect(image.steps.map(\.index) == [0, 1])
        #expect(image.steps.allSatisfy { $0.history == nil && $0.createdBy == nil })
    }

    @Test("a missing layer keeps nobody from reading the others")
    func missingLayer() throws {
        let fixture = try FixtureImage()
        let layers = [try fixture.layer(tar("a")), try fixture.layer(tar("b"))]
        try fixture.write([try fixture.manifest(layers: layers)])
        try fixture.folder.remove(fixture.blobPath(layers[0].digest))
        let image = try #require(try open(fixture.path).first)
        #expect(throws: ImageError(.notFound, at: "\(layers[0].digest)", "")) {
            try image.reader(for: image.layers[0])
        }
        #expect(try image.reader(for: image.layers[1]).finish().entries == 1)
    }

    @Test("foreign layers and unknown media types are named as such")
    func mediaTypes() throws {
        let fixture = try FixtureImage()
        var foreign = try fixture.layer(
            tar("a"), mediaType: "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip")
        foreign.json = foreign.json.dropLast() + #","urls":["https://example.com/layer"]}"#
        let odd = try fixture.layer(tar("b"), mediaType: "application/vnd.example+squashfs")
        let locked = try fixture.layer(
            tar("c"), mediaType: "application/vnd.oci.image.layer.v1.tar+gzip+encrypted")
        // Said to be zstd, stored as plain tar: the content decides.
        let mislabelled = try fixture.layer(
            tar("d"), stored: tar("d"), mediaType: "application/vnd.oci.image.layer.v1.tar+zstd")
        try fixture.write([try fixture.manifest(layers: [foreign, odd, locked, mislabelled])])
        let image = try #require(try open(fixture.path).first)
        #expect(try image.reader(for: image.layers[0]).finish().entries == 1)
        try fixture.folder.remove(fixture.blobPath(foreign.digest))
        let error = #expect(throws: ImageError.self) { _ = try image.reader(for: image.layers[0]) }
        #expect(error?.underlying == "it is to be had at https://example.com/layer")
        let codes = image.layers.map { layer in
            do throws(ImageError) {
                _ = try image.reader(for: layer).finish()
                return nil as ImageError.Code?
            } catch {
                return error.code
            }
        }
        #expect(codes == [.foreignLayer, .unsupported, .unsupported, nil])
    }

    @Test("a manifest or configuration that was tampered with is refused", arguments: [0, 1])
    func tampered(part: Int) throws {
        let fixture = try FixtureImage()
        let manifest = try fixture.manifest(layers: [try fixture.layer(tar("a"))])
        try fixture.write([manifest])
        let image = try #require(try open(fixture.path).first)
        let target = part == 0 ? manifest.digest : image.configDigest
        var bytes = try fixture.folder.read(fixture.blobPath(target))
        bytes[bytes.count - 1] = 0x20
        try fixture.folder.write(bytes, to: fixture.blobPath(target))
        #expect(throws: ImageError(.digestMismatch, at: target.text, "")) { try open(fixture.path) }
    }

    @Test("a blob that is a link out of the folder is refused, one that is a link inside is not")
    func links() throws {
        let fixture = try FixtureImage()
        let layers = [try fixture.layer(tar("a")), try fixture.layer(tar("b"))]
        try fixture.write([try fixture.manifest(layers: layers)])
        for (layer, target) in zip(layers, ["../../../outside", "../../inside"]) {
            let bytes = try fixture.folder.read(fixture.blobPath(layer.digest))
            try fixture.folder.remove(fixture.blobPath(layer.digest))
            try fixture.folder.write(bytes, to: target.hasSuffix("inside") ? "image/inside" : "outside")
            try fixture.folder.link(fixture.blobPath(layer.digest), to: target)
        }
        let image = try #require(try open(fixture.path).first)
        let error = #expect(throws: ImageError.self) { try image.reader(for: image.layers[0]) }
        #expect(error?.code == .refused)
        #expect(try image.reader(for: image.layers[1]).finish().entries == 1)
    }

    @Test(
        "documents that break their format are refused",
        arguments: [
            (Named("cut off", "{"), .malformedDocument), (Named("a list", "[]"), .malformedDocument),
            (Named("an empty object", "{}"), .malformedDocument),
            (
                Named("a short digest", #"{"manifests":[{"digest":"sha256:12","size":1}]}"#),
                .malformedDocument
            ),
            (Named("no manifest", #"{"manifests":[]}"#), .notAnImage),
            (
                Named("a negative size", #"{"manifests":[{"digest":"sha256:00","size":-1}]}"#),
                .malformedDocument
            ),
            (
                Named("lists in lists", #"{"manifests":"# + String(repeating: "[", count: 100_000)),
                .malformedDocument
            ),
            (Named("5 MiB", #"{"manifests":[]}"# + String(repeating: " ", count: 5 << 20)), .tooLarge),
        ] as [(Named<String>, ImageError.Code)])
    func brokenIndex(text: Named<String>, code: ImageError.Code) throws {
        let fixture = try FixtureImage.simple([])
        try fixture.folder.write(text.value, to: "image/index.json")
        let error = #expect(throws: ImageError.self) { try open(fixture.path) }
        #expect(error?.code == code)
    }

    @Test("a manifest and a configuration that disagree on the layers are refused")
    func layerCounts() throws {
        let fixture = try FixtureImage()
        let layer = try fixture.layer(tar("a"))
        let manifest = try fixture.manifest(layers: [layer, layer])
        let text = String(decoding: try fixture.folder.read(fixture.blobPath(manifest.digest)), as: UTF8.self)
        let fewer = text.replacing("\(layer.json),\(layer.json)", with: layer.json)
        try fixture.write([try fixture.entry(fewer)])
        let error = #expect(throws: ImageError.self) { try open(fixture.path) }
        #expect(error?.code == .malformedDocument)
    }

    @Test("a folder that is no image says so", arguments: [true, false])
    func noImage(isPlain: Bool) throws {
        let folder = try ScratchFolder()
        let text = isPlain ? folder.path : "oci:\(folder.path)"
        let error = #expect(throws: ImageError.self) {
            try ImageOpener.open(try ImageReference.parse(text))
        }
        #expect(error?.code == (isPlain ? .notAnImage : .notFound))
    }

    private func open(_ path: String) throws -> [Image] {
        try ImageOpener.open(try ImageReference.parse("oci:\(path)"))
    }
}

/// The paths in each layer, each layer read to its end.
func paths(_ image: Image) throws -> [[String]] {
    try image.layers.map { layer in
        let reader = try image.reader(for: layer)
        var result: [String] = []
        while let entry = try reader.next() { result.append(entry.path.description) }
        _ = try reader.finish()
        return result
    }
}
