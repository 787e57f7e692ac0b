import ImageReading
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Which layers come from the base, and what says so.
struct GivenBaseTests {
    private static func layer(_ seed: UInt64) -> LayerBuilder {
        var layer = LayerBuilder()
        layer.file(StoredName("root/.cache/pip/key\(seed)"), "KEY=\(Samples.token(seed))\n")
        return layer
    }

    /// An image of layers by number; its history tells of a base that ends after the first.
    private static func image(
        _ seeds: UInt64..., platform: ImagePlatform = ImagePlatform(), annotations: [String: String] = [:]
    ) -> ImageBuilder {
        var image = ImageBuilder(platform: platform, created: "2026-03-01T10:00:00Z")
        for (position, seed) in seeds.enumerated() {
            image.layer(layer(seed), createdBy: "RUN make \(seed)")
            if position == 0 { image.emptyStep(createdBy: #"CMD ["sh"]"#) }
        }
        image.annotations = annotations
        return image
    }

    private static func evidence(_ image: ImageBuilder, on base: [ImageBuilder]) async throws -> Evidence {
        let scratch = try ScratchFolder()
        _ = try ImageBundle(image).write(to: scratch.file("image"), as: .ociLayout)
        _ = try ImageBundle([.init(name: "base:1", platforms: base)])
            .write(to: scratch.file("base.tar"), as: .ociArchive)
        let opened = try #require(try ImageSelection.open(scratch.file("image"), platform: "all").first)
        var given = GivenBase(name: scratch.file("base.tar"))
        let facts = try #require(try given.base(of: opened))
        #expect(facts.name == scratch.file("base.tar"))
        return try await Inspection.run(
            opened, base: facts, detectors: Samples.detectors, workers: 2, memory: LayerMemory()
        ) { _ in }.evidence
    }

    @Test("all layers that the given base has from the bottom up are inherited, caches too")
    func whole() async throws {
        let evidence = try await Self.evidence(Self.image(1, 2, 3, 4), on: [Self.image(1, 2, 3)])
        let base = try #require(evidence.image.base)
        #expect(base.source == .given && base.layers == 3 && base.ownLayers == 3 && base.digest != nil)
        #expect(evidence.findings.map(\.origin) == [.base, .base, .base, .cache])
        #expect(evidence.layers.filter { !$0.empty }.map(\.origin) == [.base, .base, .base, .step])
        #expect(base.warning(of: evidence.image) == nil)
    }

    @Test("it is the diffIDs that count, not how the layers are stored")
    func stored() async throws {
        var base = ImageBuilder(created: "2020-01-01T00:00:00Z")
        base.layer(Self.layer(1), createdBy: "FROM elsewhere", compression: .none)
        base.layer(Self.layer(2), createdBy: "FROM elsewhere", compression: .zstd)
        let evidence = try await Self.evidence(Self.image(1, 2, 3), on: [base])
        #expect(evidence.image.base?.layers == 2)
    }

    @Test("of a base that differs further up, what lies below counts")
    func partial() async throws {
        let evidence = try await Self.evidence(Self.image(1, 2, 3), on: [Self.image(1, 9, 3, 4)])
        #expect(evidence.image.base?.layers == 1 && evidence.image.base?.ownLayers == 4)
        #expect(evidence.findings.map(\.origin) == [.base, .cache, .cache])
    }

    @Test("a given base that shares nothing is told of, and nothing takes its place")
    func none() async throws {
        let annotations = ["org.opencontainers.image.base.name": "debian:12"]
        let evidence = try await Self.evidence(
            Self.image(1, 2, annotations: annotations), on: [Self.image(8, 1)])
        let base = try #require(evidence.image.base)
        #expect(base.source == .given && base.layers == 0 && base.ownLayers == 2)
        #expect(evidence.findings.allSatisfy { $0.origin == .cache })
        #expect(base.warning(of: evidence.image)?.contains("shares no layer") == true)
    }

    @Test("of a base for several platforms the image's own is compared")
    func platforms() async throws {
        let arm = ImagePlatform(os: "linux", architecture: "arm64")
        let amd = ImagePlatform(os: "linux", architecture: "amd64")
        let base = [Self.image(1, platform: amd), Self.image(5, platform: arm)]
        #expect(
            try await Self.evidence(Self.image(5, 6, platform: arm), on: base).image.base?.layers == 1)
        #expect(
            try await Self.evidence(Self.image(1, 6, platform: amd), on: base).image.base?.layers == 1)
        let other = ImagePlatform(os: "linux", architecture: "s390x")
        let evidence = try await Self.evidence(Self.image(1, 6, platform: other), on: base)
        let facts = try #require(evidence.image.base)
        #expect(facts.layers == 0 && facts.ownLayers == nil && facts.digest == nil)
        #expect(facts.warning(of: evidence.image)?.contains("not to be had") == true)
    }

    @Test("a base that cannot be opened is an error that says so")
    func unreadable() throws {
        let scratch = try ScratchFolder()
        _ = try ImageBundle(Self.image(1)).write(to: scratch.file("image"), as: .ociLayout)
        let image = try #require(try ImageSelection.open(scratch.file("image"), platform: nil).first)
        var given = GivenBase(name: scratch.file("missing"))
        let error = #expect(throws: AuditError.self) { try given.base(of: image) }
        #expect(error?.place == scratch.file("missing") && error?.reason.hasPrefix("base image: ") == true)
    }

    @Test("without a given base the annotations say which, else the history that there is one")
    func told() async throws {
        let named = try await Samples.evidence(
            of: Self.image(
                1, 2, annotations: ["org.opencontainers.image.base.name": "debian:12"]))
        #expect(named.image.base == .init(name: "debian:12", digest: nil, layers: 1, source: .annotation))
        let guessed = try await Samples.evidence(of: Self.image(1, 2))
        #expect(guessed.image.base == .init(name: nil, digest: nil, layers: 1, source: .history))
        #expect(try await Samples.evidence(of: Self.image(1)).image.base == nil)
    }
}
