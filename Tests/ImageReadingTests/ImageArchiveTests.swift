import Cryptography
import ImageReading
import Model
import TestSupport
import Testing

@Suite("images in tar files")
struct ImageArchiveTests {
    private static let layers = [tar("etc/", "etc/key"), tar("etc/.wh.key"), tar("app")]

    @Test(
        "an OCI archive is its layout in a tar file, compressed or not", arguments: ["tar", "gzip", "zstd"])
    func ociArchive(form: String) throws {
        let fixture = try FixtureImage.simple(Self.layers)
        guard ProgramRunner.has("tar") else { try Test.cancel("needs the tar program") }
        let plain = try ProgramRunner.output(of: "tar", ["-cf", "-", "."], in: fixture.path)
        let stored =
            form == "gzip" ? RawGzip.member(plain) : form == "zstd" ? RawGzip.zstdFrame(plain) : plain
        let path = try fixture.folder.write(stored, to: "image.tar")
        let wanted = try ImageOpener.open(try ImageReference.parse("oci:\(fixture.path)"))[0]
        for text in ["oci-archive:\(path)", path] {
            let image = try ImageOpener.open(try ImageReference.parse(text))[0]
            #expect(image.digest == wanted.digest && image.layers == wanted.layers)
            #expect(try paths(image) == [["/etc", "/etc/key"], ["/etc/.wh.key"], ["/app"]])
        }
    }

    @Test(
        "a docker-archive is read in its old form, links between layers included", arguments: [true, false])
    func oldArchive(isPrefixed: Bool) throws {
        let folder = try ScratchFolder()
        var outer = RawTar()
        // The same layer twice: docker stores the second as a link to the first.
        outer.add("one/layer.tar".utf8, Self.layers[0])
        outer.add("one/VERSION".utf8, Array("1.0".utf8))
        outer.add("two/layer.tar".utf8, Self.layers[1])
        outer.add("three/layer.tar".utf8, type: "2", link: "../one/layer.tar".utf8)
        let config = config([0, 1, 0])
        outer.add("\(config.digest.hex).json".utf8, config.bytes)
        outer.add(
            "manifest.json".utf8,
            manifest("\(config.digest.hex).json", ["one/layer.tar", "two/layer.tar", "three/layer.tar"]))
        outer.add("repositories".utf8, Array("{}".utf8))
        outer.end()
        let path = try folder.write(outer.bytes, to: "image.tar")
        let image = try ImageOpener.open(
            try ImageReference.parse((isPrefixed ? "docker-archive:" : "") + path))[0]
        #expect(image.digest == config.digest && image.configDigest == config.digest)
        #expect(image.layers.map(\.digest) == image.layers.map(\.diffID))
        #expect(try paths(image) == [["/etc", "/etc/key"], ["/etc/.wh.key"], ["/etc", "/etc/key"]])
    }

    @Test("a docker-archive is read in its new form, with blobs, and by its names")
    func newArchive() throws {
        let folder = try ScratchFolder()
        let config = config([0, 2])
        let names = [0, 2].map { "blobs/sha256/\(digest(Self.layers[$0]).hex)" }
        var outer = RawTar()
        // Somebody compressed this layer: its digest is that of what is stored.
        let compressed = RawGzip.member(Self.layers[2])
        outer.add("manifest.json".utf8, manifest("blobs/sha256/\(config.digest.hex)", names))
        outer.add("blobs/sha256/\(config.digest.hex)".utf8, config.bytes)
        outer.add(names[0].utf8, Self.layers[0])
        outer.add(names[1].utf8, compressed)
        outer.end()
        let path = try folder.write(outer.bytes, to: "image.tar")
        for name in ["docker.io/library/app:v1", "app:v1", "library/app:v1"] {
            let image = try ImageOpener.open(try ImageReference.parse("docker-archive:\(path):\(name)"))[0]
            #expect(image.layers.map(\.digest) == [digest(Self.layers[0]), digest(compressed)])
            #expect(try paths(image) == [["/etc", "/etc/key"], ["/app"]])
        }
        #expect(throws: ImageError.self) {
            try ImageOpener.open(try ImageReference.parse("docker-archive:\(path):app:v2"))
        }
    }

    @Test(
        "what is asked for and is there twice is refused, unless it is the same both times",
        arguments: ["manifest.json", "config", "layer"], [false, true])
    func namesakes(twice: String, isStreamed: Bool) throws {
        let folder = try ScratchFolder()
        let config = config([0])
        let members: [(name: String, bytes: [UInt8])] = [
            ("config", config.bytes), ("layer", Self.layers[0]),
            ("manifest.json", manifest("config", ["layer"])),
            ("unused", [1]), ("unused", [2]),
        ]
        for other in [[UInt8]("[]".utf8), nil] {
            var outer = RawTar()
            for (name, bytes) in members {
                outer.add(name.utf8, bytes)
                if name == twice { outer.add("./\(name)".utf8, other ?? bytes) }
            }
            outer.end()
            let stored = isStreamed ? RawGzip.member(outer.bytes) : outer.bytes
            let path = try folder.write(stored, to: "image.tar")
            let reference = try ImageReference.parse("docker-archive:\(path)")
            guard other != nil else {
                #expect(try paths(try ImageOpener.open(reference)[0]) == [["/etc", "/etc/key"]])
                continue
            }
            let error = #expect(throws: ImageError.self) { try ImageOpener.open(reference) }
            #expect(
                error?.code == .ambiguous && error?.place.hasSuffix(twice) == true,
                "\(error.debugDescription)")
        }
    }

    @Test("of two images with one tag none is meant more")
    func sharedTag() throws {
        let folder = try ScratchFolder()
        let configs = [config([0]), config([2])]
        var outer = RawTar()
        outer.add("0".utf8, Self.layers[0])
        outer.add("2".utf8, Self.layers[2])
        for config in configs { outer.add("\(config.digest.hex).json".utf8, config.bytes) }
        let manifests = zip(configs, ["0", "2"]).map { manifest("\($0.digest.hex).json", [$1]) }
        outer.add(
            "manifest.json".utf8, manifests[0].dropLast() + [UInt8(ascii: ",")] + manifests[1].dropFirst())
        outer.end()
        let path = try folder.write(outer.bytes, to: "image.tar")
        for name in ["", ":app:v1"] {
            let reference = try ImageReference.parse("docker-archive:\(path)\(name)")
            let error = #expect(throws: ImageError.self) { try ImageOpener.open(reference) }
            #expect(error?.code == .ambiguous)
            #expect(try ImageOpener.open(reference, platform: .all).count == 2)
        }
        let named = try ImageReference.parse("docker-archive:\(path)@\(configs[1].digest)")
        #expect(try ImageOpener.open(named).map(\.digest) == [configs[1].digest])
    }

    @Test("a configuration under a name that is not its digest is refused")
    func wrongConfig() throws {
        let folder = try ScratchFolder()
        let name = String(repeating: "ab", count: 32) + ".json"
        var outer = RawTar()
        outer.add("manifest.json".utf8, manifest(name, []))
        outer.add(name.utf8, config([]).bytes)
        outer.end()
        let path = try folder.write(outer.bytes, to: "image.tar")
        let error = #expect(throws: ImageError.self) { try ImageOpener.open(try ImageReference.parse(path)) }
        #expect(error?.code == .digestMismatch)
    }

    @Test(
        "names that lead out of the archive, or in circles, find nothing",
        arguments: ["../../etc/passwd", "/etc/passwd", "circle", "gone"])
    func hostileNames(name: String) throws {
        let folder = try ScratchFolder()
        let config = config([0])
        var outer = RawTar()
        outer.add("manifest.json".utf8, manifest("config", [name]))
        outer.add("config".utf8, config.bytes)
        outer.add("circle".utf8, type: "2", link: "circle".utf8)
        outer.add("gone".utf8, type: "2", link: "../../../etc/passwd".utf8)
        outer.end()
        let path = try folder.write(outer.bytes, to: "image.tar")
        let image = try ImageOpener.open(try ImageReference.parse(path))[0]
        let error = #expect(throws: ImageError.self) { try image.reader(for: image.layers[0]) }
        #expect(error?.code == .notFound || error?.code == .refused)
    }

    @Test("a file that is no archive, or half of one, says so", arguments: [0, 10, 2_000, 5_000])
    func truncated(length: Int) throws {
        let folder = try ScratchFolder()
        var outer = RawTar()
        outer.add("big".utf8, [UInt8](repeating: 7, count: 6_000))
        let path = try folder.write(Array(outer.bytes.prefix(length)), to: "image.tar")
        #expect(throws: ImageError.self) { try ImageOpener.open(try ImageReference.parse(path)) }
    }

    @Test(
        "what skopeo writes is read in every form", .enabled(if: ProgramRunner.has("skopeo"), "needs skopeo"))
    func skopeo() throws {
        let fixture = try FixtureImage.simple(Self.layers)
        let folder = fixture.folder
        let forms = [
            "docker-archive:\(folder.file("docker.tar")):example/app:v1",
            "oci-archive:\(folder.file("oci.tar")):v1",
            "oci:\(folder.file("copy")):v1",
        ]
        for form in forms {
            _ = try ProgramRunner.output(
                of: "skopeo", ["--insecure-policy", "copy", "-q", "oci:\(fixture.path)", form])
            let image = try ImageOpener.open(try ImageReference.parse(form))[0]
            #expect(try paths(image) == [["/etc", "/etc/key"], ["/etc/.wh.key"], ["/app"]])
        }
    }

    private func digest(_ bytes: [UInt8]) -> Digest { Digest(sha256: SHA256Hasher.hash(bytes)) }

    private func config(_ layers: [Int]) -> (bytes: [UInt8], digest: Digest) {
        let diffIDs = layers.map { "\"\(digest(Self.layers[$0]))\"" }.joined(separator: ",")
        let text =
            #"{"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":[\#(diffIDs)]}}"#
        return (Array(text.utf8), digest(Array(text.utf8)))
    }

    private func manifest(_ config: String, _ layers: [String]) -> [UInt8] {
        let names = layers.map { "\"\($0)\"" }.joined(separator: ",")
        return Array(#"[{"Config":"\#(config)","RepoTags":["app:v1"],"Layers":[\#(names)]}]"#.utf8)
    }
}
