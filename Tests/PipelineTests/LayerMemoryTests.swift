import FoundationEssentials
import ImageReading
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// A layer that occurs twice is read once.
struct LayerMemoryTests {
    private static func layer(_ seed: UInt64) -> LayerBuilder {
        var layer = LayerBuilder()
        layer.file("etc/key.env", "KEY=\(Samples.token(seed))\n")
        layer.file("srv/broken.zip", Array("PK\u{3}\u{4}".utf8) + Samples.filler(100))
        return layer
    }

    private static func image(_ seeds: UInt64...) -> ImageBuilder {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        for seed in seeds { image.layer(layer(seed), createdBy: "COPY \(seed) / # buildkit") }
        return image
    }

    private static func open(_ image: ImageBuilder, in scratch: ScratchFolder, _ name: String) throws -> Image
    {
        _ = try ImageBundle(image).write(to: scratch.file(name), as: .ociLayout)
        return try #require(try ImageSelection.open(scratch.file(name), platform: nil).first)
    }

    private static func inspect(_ image: Image, _ memory: LayerMemory) async throws -> Evidence {
        try await inspectAndTell(image, memory).evidence
    }

    /// The evidence, and which layers were not looked at for it.
    private static func inspectAndTell(
        _ image: Image, _ memory: LayerMemory
    ) async throws -> (evidence: Evidence, known: [Int]) {
        try await Samples.evidence(of: image, memory: memory)
    }

    @Test(
        "what one image showed of a layer is known of it in the next, and holds as long as the blob is there")
    func acrossImages() async throws {
        let scratch = try ScratchFolder()
        let memory = LayerMemory()
        _ = try await Self.inspect(try Self.open(Self.image(1, 2), in: scratch, "first"), memory)
        let second = try Self.open(Self.image(3, 2, 1), in: scratch, "second")
        let alone = try await Self.inspect(second, LayerMemory())
        let (known, layers) = try await Self.inspectAndTell(second, memory)
        #expect(layers == [1, 2])
        #expect(known == alone)
        #expect(known.gaps.map(\.layer) == [0, 1, 2])
        #expect(known.findings.map(\.location.layer?.index) == [0, 1, 2])
        for layer in second.layers.dropFirst() {
            try FileManager.default.removeItem(
                atPath: scratch.file("second/blobs/sha256/\(layer.digest.hex)"))
        }
        let missing = try await Self.inspect(second, memory)
        #expect(missing.gaps.filter(\.reason.blocksPass).map(\.layer) == [1, 2])
        #expect(missing == (try await Self.inspect(second, LayerMemory())))
    }

    @Test("a layer that lies in an image twice is read once and accounted for in both places")
    func withinImage() async throws {
        let scratch = try ScratchFolder()
        let image = try Self.open(Self.image(1, 2, 1), in: scratch, "image")
        let reports = LayerReports(layers: image.layers)
        #expect(reports.distinct.map(\.index) == [0, 1])
        let evidence = try await Self.inspect(image, LayerMemory())
        #expect(evidence.isComplete && evidence.isBalanced)
        #expect(evidence.layers.map(\.bytesScanned) == evidence.layers.map(\.uncompressedSize))
        #expect(evidence.receipts.allSatisfy { $0.layers.map(\.index) == [0, 1, 2] })
        #expect(evidence.gaps.map(\.layer) == [0, 1, 2])
        #expect(evidence.findings.map(\.location.layer?.index) == [0, 1, 2])
        #expect(evidence.findings.map(\.persistence) == [.overwritten, .overwritten, .present])
        #expect(Set(evidence.findings.map(\.id)).count == 3)
    }

    @Test("a layer has the same findings, with the same ids, in every image that has it")
    func ids() async throws {
        let scratch = try ScratchFolder()
        let first = try await Self.inspect(
            try Self.open(Self.image(1, 2), in: scratch, "first"), LayerMemory())
        let second = try await Self.inspect(
            try Self.open(Self.image(3, 1), in: scratch, "second"), LayerMemory())
        #expect(first.findings.first?.id == second.findings.last?.id)
        #expect(first.findings.last?.id != second.findings.last?.id)
    }

    @Test("what was not read to its proven end is read again")
    func unproven() async throws {
        let scratch = try ScratchFolder()
        let image = try Self.open(Self.image(1), in: scratch, "image")
        let blob = scratch.file("image/blobs/sha256/\(image.layers[0].digest.hex)")
        let whole = try Data(contentsOf: URL(filePath: blob))
        try whole.dropLast(20).write(to: URL(filePath: blob))
        let memory = LayerMemory()
        #expect(try await !Self.inspect(image, memory).isComplete)
        try whole.write(to: URL(filePath: blob))
        #expect(try await Self.inspect(image, memory).isComplete)
    }

    @Test("only so much is kept, and the oldest goes first")
    func bounded() throws {
        var report = LayerReport()
        report.isProven = true
        let memory = LayerMemory(capacity: report.weight * 2)
        let keys = (1...3).map { number -> LayerMemory.Key in
            let digest = Digest(sha256: Array(repeating: UInt8(number), count: 32))
            return LayerMemory.Key(
                LayerDescriptor(index: 0, digest: digest, diffID: digest, mediaType: "", size: 1))
        }
        for key in keys { memory.keep(report, for: key) }
        #expect(keys.map { memory.report(for: $0) != nil } == [false, true, true])
        for _ in 0..<10 { report.add(Gap(layer: nil, reason: .malformedArchive, detail: "broken")) }
        memory.keep(report, for: keys[0])
        #expect(memory.report(for: keys[0]) == nil)
        #expect(memory.report(for: keys[2]) != nil)
    }
}
