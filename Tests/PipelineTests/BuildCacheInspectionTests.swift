import FoundationEssentials
import ImageReading
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What is found in the layers of a build cache, and what is not claimed of them.
struct BuildCacheInspectionTests {
    private static func layer(_ change: (inout LayerBuilder) -> Void) -> LayerBuilder {
        var layer = LayerBuilder()
        change(&layer)
        return layer
    }

    /// A stage that fetches with a token and tidies up, another upon the same layer that does not, and a final one.
    private static func cache() -> BuildCacheBuilder {
        var cache = BuildCacheBuilder()
        let base = cache.layer(layer { $0.file("etc/os-release", "ID=debian\n") })
        let fetch = cache.layer(
            layer {
                $0.file("root/.netrc", "password \(Samples.token(1))\n")
                $0.file("root/kept", "\(Samples.token(2))\n")
            }, upon: base, created: "2026-03-01T10:00:00Z")
        cache.layer(
            layer {
                $0.whiteout("root/.netrc")
                $0.whiteout("root/kept")
            }, upon: fetch)
        cache.layer(layer { $0.whiteout("root/.netrc") }, upon: fetch)
        cache.layer(layer { $0.file("app/server", "binary") }, upon: base)
        return cache
    }

    private static func evidence(
        _ cache: BuildCacheBuilder, _ form: BuildCacheBuilder.Form,
        damage: (ScratchFolder) throws -> Void = { _ in }
    ) async throws -> Evidence {
        let scratch = try ScratchFolder()
        try cache.write(to: scratch.file("cache"), as: form)
        try damage(scratch)
        let image = try #require(try ImageSelection.open(scratch.file("cache"), platform: nil).first)
        return try await Inspection.run(
            image, detectors: Samples.detectors, workers: 2, memory: LayerMemory()
        ) { _ in }.evidence
    }

    @Test(
        "a secret that a stage fetched with is found, and gone only where every stage removed it",
        arguments: BuildCacheBuilder.Form.allCases)
    func secrets(form: BuildCacheBuilder.Form) async throws {
        let evidence = try await Self.evidence(Self.cache(), form)
        let found = Dictionary(
            uniqueKeysWithValues: evidence.findings.map { ($0.location.path?.description ?? "", $0) })
        #expect(found.count == 2)
        #expect(found["/root/.netrc"]?.persistence == .deleted)
        #expect(found["/root/kept"]?.persistence == .present)
        #expect(evidence.findings.allSatisfy { $0.origin == .cache && $0.createdBy == nil })
        let layer = try #require(found["/root/kept"]?.location.layer)
        let facts = try #require(evidence.layers.first { $0.index == layer.index })
        #expect(facts.created?.description == "2026-03-01T10:00:00Z" && facts.parent != nil)
        #expect(evidence.isComplete && evidence.isBalanced && evidence.layers.count == 5)
    }

    @Test("nothing is said of a configuration that a cache does not have")
    func configuration() async throws {
        let evidence = try await Self.evidence(Self.cache(), .index)
        #expect(evidence.image.kind == .buildCache && evidence.image.base == nil)
        #expect(!evidence.inventory.contains { $0.type == .runtimeUser })
        #expect(!evidence.receipts.isEmpty)
        #expect(!evidence.receipts.contains { $0.provides.contains(.configuration) || $0.provides.isEmpty })
    }

    @Test("a layer of the cache that is not there withholds completeness")
    func missing() async throws {
        let evidence = try await Self.evidence(Self.cache(), .imageManifest) { scratch in
            let names = try scratch.names(in: "cache/blobs/sha256").map { "cache/blobs/sha256/\($0)" }
            let layer = try #require(try names.first { try scratch.read($0).starts(with: [0x1f, 0x8b]) })
            try FileManager.default.removeItem(atPath: scratch.file(layer))
        }
        #expect(!evidence.isComplete)
        #expect(evidence.gaps.map(\.reason) == [.unreadable])
        var unlisted = Self.cache()
        unlisted.unlisted = [4]
        #expect(try await !Self.evidence(unlisted, .index).isComplete)
    }
}
