import Cryptography
import Foundation
import ImageWriting
import Model
import TestSupport
import Testing

@testable import ImageReading

@Suite("build caches")
struct BuildCacheTests {
    private static func layer(_ name: String) -> LayerBuilder {
        var layer = LayerBuilder()
        layer.file(StoredName(name), "content of \(name)\n")
        return layer
    }

    /// Two stages upon one base, and a third upon nothing.
    private static func cache() -> BuildCacheBuilder {
        var cache = BuildCacheBuilder()
        let base = cache.layer(layer("base"), created: "2026-03-01T10:00:00.123456789Z")
        let build = cache.layer(layer("build"), upon: base, created: "2026-03-01T10:00:01Z")
        cache.layer(layer("compile"), upon: build, compression: .zstd)
        cache.layer(layer("final"), upon: base, compression: .none)
        cache.layer(layer("context"))
        return cache
    }

    private static func open(
        _ cache: BuildCacheBuilder, _ form: BuildCacheBuilder.Form, _ selection: PlatformSelection = .host,
        damage: (ScratchFolder) throws -> Void = { _ in }
    ) throws -> Image {
        let scratch = try ScratchFolder()
        try cache.write(to: scratch.file("cache"), as: form)
        try damage(scratch)
        let images = try ImageOpener.open(
            try ImageReference.parse(scratch.file("cache")), platform: selection)
        #expect(images.count == 1)
        return try #require(images.first)
    }

    /// For each layer by its first file the file of the one it lies upon.
    private static func stacks(
        _ cache: BuildCacheBuilder, _ form: BuildCacheBuilder.Form = .index
    ) throws -> [String: String?] {
        let scratch = try ScratchFolder()
        try cache.write(to: scratch.file("cache"), as: form)
        let image = try #require(
            try ImageOpener.open(try ImageReference.parse(scratch.file("cache"))).first)
        #expect(image.tree.parents == image.steps.map(\.parent))
        var names: [String] = []
        for layer in image.layers {
            let reader = try image.reader(for: layer)
            let entry = try #require(try reader.next())
            names.append(String(entry.path.description.dropFirst()))
            _ = try reader.finish()
        }
        return Dictionary(uniqueKeysWithValues: zip(names, image.tree.parents.map { $0.map { names[$0] } }))
    }

    @Test(
        "every layer of every stage is read, and each lies upon the one that the cache says",
        arguments: BuildCacheBuilder.Form.allCases)
    func layers(form: BuildCacheBuilder.Form) throws {
        let stacks = try Self.stacks(Self.cache(), form)
        #expect(
            stacks == [
                "base": nil, "build": "base", "compile": "build", "final": "base", "context": nil,
            ])
    }

    @Test(
        "a layer lies upon the right one wherever the digests put the two, and zero is left out",
        arguments: 0..<8)
    func zero(seed: Int) throws {
        var cache = BuildCacheBuilder()
        let base = cache.layer(Self.layer("base\(seed)"))
        cache.layer(Self.layer("upon"), upon: base)
        #expect(try Self.stacks(cache) == ["base\(seed)": nil, "upon": "base\(seed)"])
    }

    @Test(
        "no platform is chosen away, for a cache has none",
        arguments: BuildCacheBuilder.Form.allCases,
        [PlatformSelection.host, .all, .named("linux/s390x"), .named("unknown/unknown")])
    func platforms(form: BuildCacheBuilder.Form, selection: PlatformSelection) throws {
        let image = try Self.open(Self.cache(), form, selection)
        #expect(image.kind == .buildCache && image.platform.isUnknown && image.layers.count == 5)
        #expect(!image.configuration.exists && image.historyMismatch == nil && image.gaps.isEmpty)
        #expect(image.steps.allSatisfy { $0.createdBy == nil && $0.history == nil })
        #expect(Set(image.steps.compactMap(\.created?.description)).count == 2)
    }

    @Test("text that the cache's configuration holds is there to be looked at")
    func text() throws {
        let image = try Self.open(Self.cache(), .index)
        let told = image.configuration.fields.filter { $0.name.hasPrefix("CacheConfig/") }
        #expect(Set(told.map(\.text)) == ["/src/app"])
    }

    @Test("a cache beside an image is not the image, and a tag says which is meant")
    func besideImage() throws {
        let scratch = try ScratchFolder()
        var builder = ImageBuilder(platform: ImagePlatform(os: "linux", architecture: "amd64"))
        builder.layer(Self.layer("app"), createdBy: "COPY . /")
        _ = try ImageBundle(builder, name: "app:v1").write(to: scratch.file("app"), as: .ociLayout)
        try Self.cache().write(to: scratch.file("cache"), as: .index)
        for name in try scratch.names(in: "cache/blobs/sha256") {
            try scratch.write(
                try scratch.read("cache/blobs/sha256/\(name)"), to: "app/blobs/sha256/\(name)")
        }
        let entries = try ["app", "cache"].map { folder -> String in
            let text = String(decoding: try scratch.read("\(folder)/index.json"), as: UTF8.self)
            let start = try #require(text.firstRange(of: #""manifests":["#))
            return String(text[start.upperBound...].prefix { $0 != "]" })
        }
        try scratch.write(
            #"{"schemaVersion":2,"manifests":[\#(entries.joined(separator: ","))]}"#, to: "app/index.json")
        func open(_ suffix: String) throws -> [Image] {
            try ImageOpener.open(try ImageReference.parse("oci:" + scratch.file("app") + suffix))
        }
        #expect(try open(":v1").map(\.kind) == [.image])
        #expect(try open(":latest").map(\.kind) == [.buildCache])
        let error = #expect(throws: ImageError.self) { try open("") }
        #expect(error?.code == .ambiguous)
    }

    @Test("a layer that the configuration does not name is read all the same")
    func unnamed() throws {
        var cache = Self.cache()
        cache.unnamed = [1]
        let stacks = try Self.stacks(cache)
        #expect(stacks.count == 5 && stacks["build"] == .some(nil) && stacks["compile"] == .some(nil))
    }

    @Test("a layer that the export does not list is a gap, and what lies upon it is read")
    func unlisted() throws {
        var cache = Self.cache()
        cache.unlisted = [1]
        let stacks = try Self.stacks(cache)
        #expect(stacks.count == 4 && stacks["compile"] == .some("base"))
        let image = try Self.open(cache, .imageManifest)
        #expect(image.gaps.map(\.reason) == [.unreadable] && image.gaps.allSatisfy(\.reason.blocksPass))
        #expect(image.gaps.first?.detail.contains("1 layers of the build cache are not stored") == true)
    }

    @Test("where nothing tells what a layer uncompresses to, it is found out")
    func diffIDs() throws {
        let told = try Self.open(Self.cache(), .index)
        var cache = Self.cache()
        cache.leavesOutDiffIDs = true
        #expect(try Self.stacks(cache).count == 5)
        let found = try Self.open(cache, .index)
        #expect(found.layers.map(\.diffID) == told.layers.map(\.diffID))
    }

    @Test(
        "a configuration that makes no sense is an error that says so",
        arguments: [
            (#"{"layers":[]"#, "cannot be decoded"), (#"{"layers":[{"parent":-1}]}"#, "cannot be decoded"),
            (#"{"layers":[{"blob":"sha256:0","parent":1}]}"#, "lies upon one that it has not"),
            (#"{"layers":[{"blob":"sha256:0","parent":-2}]}"#, "lies upon one that it has not"),
            (#"{"layers":[{"blob":"sha256:0"}]}"#, "in a circle"),
            (
                #"{"layers":[{"blob":"a","parent":-1},{"blob":"b","parent":2},{"blob":"c","parent":1}]}"#,
                "in a circle"
            ),
        ], BuildCacheBuilder.Form.allCases)
    func broken(test: (String, String), form: BuildCacheBuilder.Form) throws {
        var cache = Self.cache()
        let bytes = Array(test.0.utf8)
        cache.editConfiguration = { _ in bytes }
        let error = #expect(throws: ImageError.self) { try Self.open(cache, form) }
        #expect(error?.code == .malformedDocument)
        #expect(error?.reason.contains(test.1) == true, "\(String(describing: error))")
    }

    @Test(
        "a configuration that is not there is an error that names it",
        arguments: BuildCacheBuilder.Form.allCases)
    func missing(form: BuildCacheBuilder.Form) throws {
        let digest = try Self.open(Self.cache(), form).configDigest
        let error = #expect(throws: ImageError.self) {
            try Self.open(Self.cache(), form) { scratch in
                try FileManager.default.removeItem(atPath: scratch.file("cache/blobs/sha256/\(digest.hex)"))
            }
        }
        #expect(error?.code == .notFound && error?.place.contains(digest.hex) == true)
    }
}
