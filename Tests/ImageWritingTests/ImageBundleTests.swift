import FoundationEssentials
import ImageWriting
import TestSupport
import Testing

@Suite("Writing images")
struct ImageBundleTests {
    private func image(
        _ compression: LayerCompression = .gzip, platform: ImagePlatform = ImagePlatform()
    ) -> ImageBuilder {
        var base = LayerBuilder(modified: 1_767_225_600)
        base.folder("etc")
        base.file("etc/os-release", "ID=test\n")
        base.file(StoredName(bytes: [0x6e, 0xff]), "odd")
        var top = LayerBuilder(modified: 1_767_225_600)
        top.whiteout("etc/os-release")
        var image = ImageBuilder(platform: platform, created: "2026-01-01T00:00:00Z")
        image.layer(base, createdBy: "ADD rootfs.tar / # buildkit", compression: compression)
        image.emptyStep(createdBy: "ENV MODE=test")
        image.layer(top, createdBy: "RUN /bin/sh -c rm /etc/os-release # buildkit", compression: compression)
        image.runtime.environment = ["MODE=test"]
        image.runtime.labels = ["org.opencontainers.image.title": "test"]
        image.runtime.exposedPorts = ["8080/tcp"]
        image.runtime.healthcheck = ["CMD", "true"]
        image.annotations = ["org.opencontainers.image.base.name": "example/base:1"]
        return image
    }

    /// The configuration as skopeo hands it out.
    private func configuration(_ reference: String) throws -> (diffIDs: [String], history: Int, env: [String])
    {
        struct Document: Decodable {
            struct RootFS: Decodable { let diff_ids: [String] }
            struct Config: Decodable { let Env: [String] }
            struct Step: Decodable {}
            let rootfs: RootFS
            let config: Config
            let history: [Step]
        }
        let skopeo = try #require(ProgramRunner(tool: "skopeo"))
        let outcome = try skopeo.run(["inspect", "--config", "--raw", reference])
        try #require(outcome.status == 0, "\(outcome.errorText)")
        let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output))
        return (document.rootfs.diff_ids, document.history.count, document.config.Env)
    }

    private static let transports: [ImageFormat: String] = [
        .ociLayout: "oci", .ociArchive: "oci-archive", .dockerArchive: "docker-archive",
        .dockerArchiveFlat: "docker-archive", .dockerArchiveLegacy: "docker-archive",
    ]

    @Test(
        "skopeo reads every format, and finds layers, history and Env as they were given",
        arguments: ImageFormat.allCases, LayerCompression.allCases)
    func readBySkopeo(format: ImageFormat, compression: LayerCompression) throws {
        let scratch = try ScratchFolder()
        let path = scratch.file("image")
        let written = try ImageBundle(image(compression), name: "example/test:1.0").write(
            to: path, as: format)
        let transport = try #require(Self.transports[format])
        let facts = try configuration("\(transport):\(path)")
        #expect(facts.diffIDs == written[0].layers.map(\.diffID))
        #expect(facts.history == 3)
        #expect(facts.env == ["MODE=test"])
        #expect(try scratch.names() == ["image"])
    }

    @Test(
        "skopeo copies every format into an OCI layout, verifying each digest",
        arguments: ImageFormat.allCases, LayerCompression.allCases)
    func copiedBySkopeo(format: ImageFormat, compression: LayerCompression) throws {
        let scratch = try ScratchFolder()
        let path = scratch.file("image")
        let written = try ImageBundle(image(compression), name: "example/test:1.0").write(
            to: path, as: format)
        let transport = try #require(Self.transports[format])
        let skopeo = try #require(ProgramRunner(tool: "skopeo"))
        let copy = scratch.file("copy")
        let outcome = try skopeo.run(
            ["--insecure-policy", "copy", "\(transport):\(path)", "oci:\(copy):latest"])
        try #require(outcome.status == 0, "\(outcome.errorText)")
        #expect(try configuration("oci:\(copy):latest").diffIDs == written[0].layers.map(\.diffID))
    }

    @Test("umoci unpacks the layout, and the whiteout removes the file")
    func unpackedByUmoci() throws {
        let scratch = try ScratchFolder()
        try ImageBundle(image(), name: "example/test:1.0").write(to: scratch.file("image"), as: .ociLayout)
        let umoci = try #require(ProgramRunner(tool: "umoci"))
        let outcome = try umoci.run([
            "unpack", "--rootless", "--image", scratch.file("image") + ":1.0", scratch.file("bundle"),
        ])
        try #require(outcome.status == 0, "\(outcome.errorText)")
        #expect(try scratch.names(in: "bundle/rootfs/etc").isEmpty)
    }

    @Test("the same image gives the same bytes", arguments: ImageFormat.allCases, LayerCompression.allCases)
    func deterministic(format: ImageFormat, compression: LayerCompression) throws {
        let scratch = try ScratchFolder()
        let bundle = ImageBundle(image(compression), name: "example/test:1.0")
        #expect(
            try bundle.write(to: scratch.file("a"), as: format)
                == bundle.write(to: scratch.file("b"), as: format))
        let diff = try #require(ProgramRunner(tool: "diff"))
        #expect(try diff.run(["-r", scratch.file("a"), scratch.file("b")]).status == 0)
    }

    @Test(
        "several platforms share a name, in an index of their own or side by side", arguments: [true, false])
    func platforms(hasOwnIndex: Bool) throws {
        let scratch = try ScratchFolder()
        let arm = ImagePlatform(architecture: "arm64", variant: "v8")
        let entry = ImageBundle.Entry(
            name: "example/test:1.0", platforms: [image(), image(platform: arm)], hasOwnIndex: hasOwnIndex)
        let written = try ImageBundle([entry]).write(to: scratch.file("image"), as: .ociLayout)
        #expect(written.map(\.platform) == [ImagePlatform(), arm])
        let index = String(decoding: try scratch.read("image/index.json"), as: UTF8.self)
        for manifest in written { #expect(index.contains(manifest.manifestDigest) != hasOwnIndex) }
        guard hasOwnIndex else { return }
        let skopeo = try #require(ProgramRunner(tool: "skopeo"))
        let outcome = try skopeo.run([
            "--override-arch", "arm64", "inspect", "--config", "oci:" + scratch.file("image"),
        ])
        #expect(outcome.outputText.contains("arm64"), "\(outcome.errorText)")
    }

    @Test("a raw layer is stored under the digest that is claimed for it, true or not")
    func rawLayer() throws {
        let scratch = try ScratchFolder()
        let claimed = "sha256:" + String(repeating: "ab", count: 32)
        var image = ImageBuilder()
        image.layer(
            raw: RawLayer(blob: [1, 2, 3], mediaType: "application/x-odd", digest: claimed, size: 99),
            createdBy: nil)
        let written = try ImageBundle(image).write(to: scratch.file("image"), as: .ociLayout)
        #expect(written[0].layers[0].digest == claimed)
        #expect(written[0].layers[0].size == 99)
        #expect(try scratch.read("image/blobs/sha256/" + String(repeating: "ab", count: 32)) == [1, 2, 3])
    }

    @Test("a layer that comes twice is stored once, the second a link, in the old docker-archive")
    func repeatedLayer() throws {
        var layer = LayerBuilder()
        layer.file("a", "a")
        var image = ImageBuilder()
        image.layer(layer, createdBy: "RUN one")
        image.layer(layer, createdBy: "RUN two")
        let scratch = try ScratchFolder()
        try ImageBundle(image, name: "t:1").write(to: scratch.file("image.tar"), as: .dockerArchiveLegacy)
        let tar = try #require(ProgramRunner(tool: "tar"))
        let listing = try tar.run(["-tvf", scratch.file("image.tar")]).outputText.split(separator: "\n")
        #expect(listing.filter { $0.contains("layer.tar -> ../") }.count == 1)
    }

    @Test("an image replaces an image, and nothing else")
    func destinations() throws {
        let scratch = try ScratchFolder()
        let bundle = ImageBundle(image())
        try bundle.write(to: scratch.file("layout"), as: .ociLayout)
        try bundle.write(to: scratch.file("layout"), as: .ociLayout)
        try scratch.write("precious", to: "folder/file")
        try scratch.write("text", to: "file")
        for (name, format) in [
            ("folder", ImageFormat.ociLayout), ("folder", .ociArchive), ("file", .ociLayout),
            ("missing/image", .ociArchive), ("", .ociLayout),
        ] {
            let error = #expect(throws: ImageWriteError.self) {
                try bundle.write(to: scratch.file(name), as: format)
            }
            #expect(error?.code == .destination, "\(name) as \(format)")
        }
        #expect(try scratch.names() == ["file", "folder", "layout"])
        #expect(try scratch.read("folder/file") == Array("precious".utf8))
    }

    @Test("a layer that cannot be written leaves nothing behind", arguments: ImageFormat.allCases)
    func nothingPartial(format: ImageFormat) throws {
        var layer = LayerBuilder()
        layer.file("big", .generated(size: 10) { _, _ in [] })
        var image = image()
        image.layer(layer, createdBy: "RUN broken")
        let scratch = try ScratchFolder()
        #expect(throws: ImageWriteError.self) {
            try ImageBundle(image).write(to: scratch.file("image"), as: format)
        }
        #expect(try scratch.names().isEmpty)
    }
}
