import Archives
import ImageWriting
import Model
import TestSupport
import Testing

/// Layer blobs that are not what they say, or hold more than they should.
struct HostileBlobTests {
    private static func stream(_ secrets: UInt64..., noise: Int = 40_000) -> [UInt8] {
        var generator = SeededGenerator(seed: 5)
        var tar = RawTar()
        for secret in secrets {
            tar.addSecret("srv/\(secret).env", secret)
            tar.add("srv/\(secret).bin".utf8, generator.bytes(noise))
        }
        tar.end()
        return tar.bytes
    }

    private static func packed(_ tar: [UInt8], _ method: String) throws -> RawLayer {
        switch method {
        case "gzip": .packed(try Compressor.compress(tar, .gzip), method, of: tar)
        case "zstd": .packed(try Compressor.compress(tar, .zstd), method, of: tar)
        default: RawLayer(blob: tar)
        }
    }

    @Test(
        "a blob that is cut anywhere is a gap, and what there is of it is read",
        arguments: ["plain", "gzip", "zstd"], [1, 40, 50, 99])
    func truncated(method: String, percent: Int) throws {
        var layer = try Self.packed(Self.stream(1, 2), method)
        layer.digest = StreamedLayer.digest(layer.blob)
        layer.size = layer.blob.count
        layer.blob = Array(layer.blob.prefix(layer.blob.count * percent / 100))
        let trial = try HostileTrial(layers: [layer])
        trial.expectBounds()
        #expect(trial.outcome.status == 2, "\(trial.outcome.errorText)")
        let evidence = try trial.evidence
        #expect(evidence.gaps.contains { $0.reason.blocksPass && $0.layer == 2 })
        #expect(evidence.findings.count <= 2)
        trial.expectBalance(evidence)
    }

    @Test("of what lies below a layer that is cut, nobody knows whether it is still there")
    func below() throws {
        var cut = try Self.packed(Self.stream(2), "gzip")
        cut.digest = StreamedLayer.digest(cut.blob)
        cut.size = cut.blob.count
        cut.blob = Array(cut.blob.prefix(cut.blob.count / 2))
        let evidence = try HostileTrial(layers: [Self.packed(Self.stream(1), "gzip"), cut]).evidence
        let findings = Dictionary(grouping: evidence.findings) { $0.location.layer?.index }
        #expect(findings[2]?.map(\.persistence) == [.unknown])
        #expect(findings[3]?.allSatisfy { $0.persistence == .present } ?? true)
    }

    @Test(
        "a wrong digest, size or diffID withholds the verdict", arguments: ["plain", "gzip", "zstd"], 0..<5)
    func claims(method: String, claim: Int) throws {
        let tar = Self.stream(1)
        var layer = try Self.packed(tar, method)
        switch claim {
        case 0: layer.diffID = StreamedLayer.digest([1])
        case 1: layer.size = layer.blob.count + 1
        case 2: layer.size = layer.blob.count - 1
        case 3:
            // Stored under the digest of other bytes.
            layer.digest = StreamedLayer.digest([2])
        default:
            layer.digest = StreamedLayer.digest(layer.blob)
            layer.size = layer.blob.count
            layer.blob += Array("more STRIPE=\(Trial.secret(2))".utf8)
        }
        let trial = try HostileTrial(layers: [layer])
        trial.expectBounds()
        #expect(trial.outcome.status == 2, "\(trial.outcome.errorText)")
        let evidence = try trial.evidence
        #expect(evidence.gaps.contains { $0.reason.blocksPass && $0.layer == 2 })
        trial.expectBalance(evidence)
    }

    @Test("bytes behind a compressed stream, and what follows the end of a tar stream, withhold the verdict")
    func trailing() throws {
        let tar = Self.stream(1)
        var garbage = try Self.packed(tar, "gzip")
        garbage.blob += Array("STRIPE=\(Trial.secret(2))".utf8)
        try HostileTrial(layers: [garbage]).expectGap(.malformedLayer, secrets: 1)
        let two = tar + Self.stream(2)
        try HostileTrial(layers: [try Self.packed(two, "gzip")]).expectGap(.malformedLayer, secrets: 2)
    }

    @Test("two gibibytes of zeros in a gzip layer are read to their end")
    func gzipBomb() throws {
        let layer = try StreamedLayer(.gzip)
        try layer.add { $0.addSecret("srv/first.env", 1) }
        try Self.addZeros(2 << 30, to: layer)
        try layer.add { $0.addSecret("srv/last.env", 2) }
        let bomb = try layer.finish()
        #expect(bomb.blob.count < 4 << 20)
        let trial = try HostileTrial(layers: [bomb])
        trial.expectBounds()
        #expect(trial.outcome.status == 1)
        let evidence = try trial.evidence
        #expect(evidence.findings.count == 2)
        trial.expectBalance(evidence)
    }

    @Test("a layer that expands by more than gzip can is given up, whatever time it would take")
    func zstdBomb() throws {
        let layer = try StreamedLayer(.zstd)
        try layer.add { $0.addSecret("srv/first.env", 1) }
        try Self.addZeros(2 << 30, to: layer)
        try layer.add { $0.addSecret("srv/last.env", 2) }
        let bomb = try layer.finish()
        #expect(bomb.blob.count < 1 << 20)
        try HostileTrial(layers: [bomb]).expectGap(.sizeLimit, secrets: 1)
    }

    @Test(
        "a layer whose decompressor wants hundreds of megabytes gets what there is",
        arguments: ["zstd -1 -q --long=27 --no-check", "xz -0 --lzma2=preset=0,dict=192MiB"])
    func windows(command: String) throws {
        guard ProgramRunner.has("zstd", "xz") else { try Test.cancel("needs zstd and xz") }
        var tar = RawTar()
        tar.addSecret("srv/first.env", 1)
        var generator = SeededGenerator(seed: 9)
        let piece = generator.bytes(1 << 20)
        tar.add("srv/large".utf8, (0..<60).flatMap { _ in piece })
        tar.end()
        let blob = try ProgramRunner.output(of: "sh", ["-c", "\(command) -c"], input: tar.bytes)
        try HostileTrial(layers: [.packed(blob, "zstd", of: tar.bytes)]).expectGap(.sizeLimit, secrets: 1)
    }

    @Test("archives in archives without end are given up, and the layer goes on")
    func nested() throws {
        var quine = Array("STRIPE=\(Trial.secret(3))".utf8)
        for _ in 0..<100 { quine = try Compressor.compress(quine, .gzip) }
        var zip = [UInt8](repeating: 0, count: 8 << 20)
        for level in 0..<4 {
            let inner = zip
            zip = try ArchiveWriter.bytes(
                .zip,
                (0..<(level == 0 ? 1 : 16)).map { index in
                    let name = Array("lib\(index).zip".utf8)
                    return (
                        ArchiveEntryHeader(name: name, kind: .file(size: inner.count), mode: 0o644), inner
                    )
                })
        }
        let trial = try HostileTrial(layers: [
            .tar { tar in
                tar.add("srv/quine.gz".utf8, quine)
                tar.add("srv/42.zip".utf8, zip)
                tar.addSecret("srv/last.env", 1)
                tar.end()
            }
        ])
        try trial.expectGap(.depthLimit, secrets: 1)
        let reasons = Set(try trial.evidence.gaps.map(\.reason))
        #expect(!reasons.isDisjoint(with: [.ratioLimit, .sizeLimit]), "\(reasons)")
    }

    @Test("the same layer twice, and the same content in two blobs, are accounted for in each place")
    func duplicates() throws {
        let tar = Self.stream(1)
        let gzip = try Self.packed(tar, "gzip")
        let zstd = try Self.packed(tar, "zstd")
        let trial = try HostileTrial(layers: [gzip, gzip, zstd])
        trial.expectBounds()
        #expect(trial.outcome.status == 1)
        let evidence = try trial.evidence
        #expect(evidence.findings.map(\.location.layer?.index) == [2, 3, 4])
        #expect(Set(evidence.findings.map(\.id)).count == 3)
        #expect(evidence.findings.map(\.persistence) == [.overwritten, .overwritten, .present])
        trial.expectBalance(evidence)
    }

    private static func addZeros(_ size: Int, to layer: StreamedLayer) throws {
        try layer.add { $0.add("srv/zeros".utf8, claimedSize: size) }
        try layer.add([UInt8](repeating: 0, count: 4 << 20), times: size / (4 << 20))
    }
}
