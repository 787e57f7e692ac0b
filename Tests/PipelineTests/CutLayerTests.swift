import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Layers that end, or cannot be read any more, in the middle of a file.
struct CutLayerTests {
    private static let content = Array("KEY=\(Samples.token())\n".utf8)

    /// A tar stream whose last entry claims to be larger than the stream.
    private static func cut(claiming size: Int) -> [UInt8] {
        var tar = RawTar()
        tar.add("whole".utf8, Array("nothing".utf8))
        tar.add("cut".utf8, content, claimedSize: min(size, 1 << 32))
        if size > 1 << 32 {
            var header = Array(tar.bytes.suffix(1024).prefix(512))
            header.replaceSubrange(
                124..<136,
                with: [0x80, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: size >> (56 - 8 * $0)) })
            header.replaceSubrange(148..<156, with: "        ".utf8)
            let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
            header.replaceSubrange(
                148..<156,
                with: Array(String(repeating: "0", count: 6 - sum.count).utf8) + sum.utf8 + [0, 0x20])
            tar.replace(at: tar.bytes.count - 1024, with: header)
        }
        return tar.bytes
    }

    @Test(
        "what stands of a file that the layer's end cuts is looked at", arguments: [2_000, 1 << 40, 1 << 62])
    func end(size: Int) async throws {
        let evidence = try await Self.evidence(RawLayer(blob: Self.cut(claiming: size)))
        #expect(evidence.findings.map { $0.location.path?.description } == ["/cut"])
        #expect(!evidence.isComplete && evidence.gaps.contains { $0.reason == .truncated })
        let layer = try #require(evidence.layers.first)
        #expect(layer.bytesScanned + layer.bytesSkipped.reduce(0) { $0 + $1.bytes } == layer.uncompressedSize)
    }

    @Test("a zstd layer with other bytes behind it is looked at all the same")
    func garbage() async throws {
        guard ProgramRunner.has("zstd") else { try Test.cancel("needs the zstd program") }
        var tar = RawTar()
        tar.add("whole".utf8, Self.content)
        tar.end()
        let blob = try ProgramRunner.output(of: "zstd", ["-c"], input: tar.bytes)
        let evidence = try await Self.evidence(RawLayer(blob: blob + [UInt8](repeating: 0x78, count: 900)))
        #expect(evidence.findings.map { $0.location.path?.description } == ["/whole"])
        #expect(!evidence.isComplete && !evidence.gaps.isEmpty)
    }

    private static func evidence(_ layer: RawLayer) async throws -> Evidence {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.layer(raw: layer, createdBy: "COPY . /")
        return try await Samples.evidence(of: image)
    }
}
