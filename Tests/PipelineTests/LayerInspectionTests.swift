import Archives
import Cryptography
import FoundationEssentials
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

struct LayerInspectionTests {
    /// A layer with a secret in its first file and in its last.
    private static func layer() -> LayerBuilder {
        var generator = SeededGenerator(seed: 11)
        var layer = LayerBuilder()
        layer.file("etc/first.env", "KEY=\(Samples.token(1))\n")
        layer.file("srv/noise.bin", generator.bytes(40_000))
        layer.file("srv/text", Samples.filler(30_000))
        layer.file("etc/last.env", "KEY=\(Samples.token(2))\n")
        return layer
    }

    private static func image(_ compression: LayerCompression = .gzip) -> ImageBuilder {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.layer(layer(), createdBy: "COPY . / # buildkit", compression: compression)
        return image
    }

    @Test("a whole layer is scanned to its last byte", arguments: LayerCompression.allCases)
    func whole(compression: LayerCompression) async throws {
        let evidence = try await Samples.evidence(of: Self.image(compression))
        #expect(evidence.findings.map(\.location.path?.description) == ["/etc/first.env", "/etc/last.env"])
        #expect(evidence.gaps.isEmpty && evidence.isComplete)
        let layer = try #require(evidence.layers.first)
        #expect(layer.bytesScanned == layer.uncompressedSize && layer.bytesSkipped.isEmpty)
        #expect(layer.entries == 4)
        #expect(evidence.receipts.allSatisfy { $0.layers.map(\.bytes) == [layer.uncompressedSize] })
    }

    @Test("any number of workers will do", arguments: [1, 2, 3, 64, .max])
    func workers(count: Int) async throws {
        let evidence = try await Samples.evidence(of: Self.image(), workers: count)
        #expect(evidence.findings.count == 2 && evidence.isComplete)
    }

    @Test(
        "a layer cut short is a gap, what came before the cut counts, and nothing is complete",
        arguments: LayerCompression.allCases, [1, 10, 45, 80, 99])
    func truncated(compression: LayerCompression, percent: Int) async throws {
        let evidence = try await Samples.evidence(of: Self.image(compression)) { scratch in
            try Self.damage(scratch) { Array($0.prefix(max(1, $0.count * percent / 100))) }
        }
        let layer = try #require(evidence.layers.first)
        #expect(layer.isBalanced)
        #expect(evidence.gaps.contains { $0.reason.blocksPass && $0.layer == 0 && $0.path == nil })
        #expect(evidence.receipts.allSatisfy { $0.outcome == .incomplete })
        // Of a zstd block nothing can be had before it is whole.
        if percent >= 80, compression != .zstd {
            #expect(evidence.findings.first?.location.path == EntryPath("etc/first.env"))
        }
        #expect(evidence.findings.count < 2 || percent == 99)
    }

    @Test("a layer whose bytes are not those of its digest is scanned, and not complete")
    func wrongDigest() async throws {
        let evidence = try await Samples.evidence(of: Self.image(.none)) { scratch in
            try Self.damage(scratch) { bytes in
                var bytes = bytes
                bytes[2_000] ^= 1
                return bytes
            }
        }
        #expect(evidence.gaps.map(\.reason) == [.digestMismatch])
        #expect(evidence.findings.count == 2)
        #expect(!evidence.isComplete && evidence.isBalanced)
    }

    @Test("a diffID that the configuration got wrong withholds completeness")
    func wrongDiffID() async throws {
        let tar = try Self.layer().tar()
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.layer(
            raw: RawLayer(blob: tar, diffID: "sha256:" + String(repeating: "0", count: 64)),
            createdBy: "COPY . /")
        let evidence = try await Samples.evidence(of: image)
        #expect(evidence.gaps.map(\.reason) == [.digestMismatch])
        #expect(!evidence.isComplete && evidence.isBalanced)
    }

    @Test(
        "a layer of a media type that we do not read is a gap of its whole size",
        arguments: [
            "application/vnd.oci.image.layer.v1.tar+encrypted", "application/vnd.example.squashfs",
            "text/plain",
        ])
    func unsupported(mediaType: String) async throws {
        let tar = try Self.layer().tar()
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.layer(raw: RawLayer(blob: tar, mediaType: mediaType), createdBy: "COPY . /")
        let evidence = try await Samples.evidence(of: image)
        #expect(evidence.gaps.map(\.reason) == [.unsupported])
        #expect(evidence.gaps.map(\.bytes) == [tar.count])
        #expect(!evidence.isComplete && evidence.findings.isEmpty)
    }

    @Test("a layer that is not there is a gap, and the others are read")
    func missing() async throws {
        var image = Self.image()
        var other = LayerBuilder()
        other.file("app/other.env", "KEY=\(Samples.token(3))\n")
        image.layer(other, createdBy: "COPY other /app # buildkit")
        let evidence = try await Samples.evidence(of: image) { scratch in
            try FileManager.default.removeItem(atPath: Self.largestBlob(scratch))
        }
        #expect(evidence.gaps.map(\.layer) == [0] && evidence.gaps.map(\.reason) == [.unreadable])
        #expect(evidence.findings.map(\.location.layer?.index) == [1])
        #expect(!evidence.isComplete)
    }

    @Test("one layer that stands in the image twice counts as two")
    func duplicate() async throws {
        var image = Self.image()
        image.layer(Self.layer(), createdBy: "COPY . / # again")
        let evidence = try await Samples.evidence(of: image)
        #expect(evidence.layers.map(\.index) == [0, 1])
        #expect(evidence.findings.map(\.location.layer?.index) == [0, 0, 1, 1])
        #expect(evidence.findings.map(\.persistence) == [.overwritten, .overwritten, .present, .present])
        #expect(Set(evidence.findings.map(\.fingerprint)).count == 2)
        #expect(evidence.isComplete && evidence.isBalanced)
    }

    @Test("bytes behind the end of the tar stream are looked at, and no pass may rest on the layer")
    func behindTheEnd() async throws {
        let hidden = try Self.layer().tar()
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.layer(raw: RawLayer(blob: try LayerBuilder().tar() + hidden), createdBy: "COPY . /")
        image.layer(
            raw: RawLayer(blob: try Self.layer().tar() + [UInt8](repeating: 0, count: 9_216)), createdBy: "x")
        let evidence = try await Samples.evidence(of: image)
        let layer = try #require(evidence.layers.first)
        #expect(layer.bytesSkipped.isEmpty && layer.bytesScanned == layer.uncompressedSize)
        #expect(evidence.findings.contains { $0.location.within.first == "behind the end of the tar stream" })
        #expect(layer.isBalanced && !evidence.isComplete)
        #expect(evidence.gaps.map(\.layer) == [0], "zeros behind the end are padding")
        #expect(evidence.receipts.allSatisfy { $0.layers.map(\.index) == [1] })
    }

    @Test(
        "what a compressed layer says beside its tar stream is looked at",
        arguments: ["extra field", "name", "comment", "second member", "first frame", "last frame"])
    func notes(place: String) async throws {
        let tar = try Self.layer().tar()
        let text = Array("GITHUB_TOKEN=\(Samples.token(3))".utf8)
        let size = UInt8(text.count)
        let frame = [0x53, 0x2a, 0x4d, 0x18, size, 0, 0, 0] + text
        let blob: [UInt8] =
            switch place {
            case "extra field": RawGzip.member(tar, flags: 4, fields: [size, 0] + text)
            case "name": RawGzip.member(tar, flags: 8, fields: text + [0])
            case "comment": RawGzip.member(tar, flags: 16, fields: text + [0])
            case "second member": RawGzip.member(tar) + RawGzip.member([], flags: 16, fields: text + [0])
            case "first frame": frame + RawGzip.zstdFrame(tar)
            default: RawGzip.zstdFrame(tar) + frame
            }
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        let mediaType = "application/vnd.oci.image.layer.v1.tar+\(place.hasSuffix("frame") ? "zstd" : "gzip")"
        image.layer(
            raw: RawLayer(blob: blob, mediaType: mediaType, diffID: Samples.digest(tar)),
            createdBy: "COPY . /")
        let evidence = try await Samples.evidence(of: image)
        let beside = evidence.findings.filter {
            $0.location.within == ["header of the compressed layer"]
        }
        #expect(beside.count == 1 && evidence.findings.count == 3)
        #expect(evidence.isComplete && evidence.isBalanced)
    }

    @Test("a layer without any byte is as complete as it gets")
    func empty() async throws {
        var image = Self.image()
        image.layer(raw: RawLayer(blob: []), createdBy: "RUN true")
        let evidence = try await Samples.evidence(of: image)
        #expect(evidence.isComplete && evidence.gaps.isEmpty)
        #expect(evidence.receipts.allSatisfy { $0.layers.map(\.index) == [0, 1] })
    }

    @Test("a layer that ends inside an archive is a gap of the layer, not a broken archive")
    func endsInsideArchive() async throws {
        var layer = LayerBuilder()
        layer.file("etc/before.env", "KEY=\(Samples.token(1))\n")
        layer.file("srv/app.zip", try Samples.archive(.storedZip, ("big", Samples.filler(3 << 20))))
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.layer(layer, createdBy: "COPY . /", compression: .none)
        let evidence = try await Samples.evidence(of: image) { scratch in
            try Self.damage(scratch) { Array($0.prefix(2 << 20)) }
        }
        #expect(evidence.gaps.map(\.reason) == [.truncated])
        let facts = try #require(evidence.layers.first)
        #expect(facts.isBalanced && !evidence.isComplete)
    }

    private static func largestBlob(_ scratch: ScratchFolder) throws -> String {
        let folder = "image/blobs/sha256"
        let names = try scratch.names(in: folder).map { "\(folder)/\($0)" }
        let sizes = try names.map { try scratch.read($0).count }
        let largest = try #require(zip(names, sizes).max { $0.1 < $1.1 })
        return scratch.file(largest.0)
    }

    private static func damage(_ scratch: ScratchFolder, _ change: ([UInt8]) -> [UInt8]) throws {
        let url = URL(filePath: try largestBlob(scratch))
        try Data(change(Array(try Data(contentsOf: url)))).write(to: url)
    }

    @Test(
        "an entry that has two names, of which programs take the one or the other, lets nothing pass",
        arguments: [["x", "L"], ["L", "x"], ["L", "L"], ["x", "x"], ["L"], ["x"], ["g", "x"]])
    func twoNames(headers: [String]) async throws {
        var tar = RawTar()
        for (number, type) in headers.enumerated() {
            let name = Array("etc/name\(number)".utf8)
            if type == "L" {
                tar.add("././@LongLink".utf8, name + [0], type: "L")
            } else {
                let key = type == "g" ? "comment" : "path"
                tar.add(
                    records: [(key: "mtime", value: [0x31]), (key: key, value: name)], type: Character(type))
            }
        }
        tar.add("x".utf8, Array("content".utf8))
        tar.end()
        var image = ImageBuilder()
        image.layer(raw: RawLayer(blob: tar.bytes), createdBy: "COPY . /")
        let evidence = try await Samples.evidence(of: image)
        let isHonest = headers.count == 1 || headers[0] == "g"
        #expect(evidence.isComplete == isHonest)
        #expect(evidence.gaps.contains { $0.detail.contains("two names") } == !isHonest)
        #expect(evidence.isBalanced)
    }

    @Test(
        "sizes that no file has, one after the other, trap nothing and pass nothing",
        arguments: [true, false])
    func claimedSizes(isWhole: Bool) async throws {
        var tar = RawTar()
        let claims = [
            ("GNU.sparse.major", "0"), ("GNU.sparse.minor", "1"), ("GNU.sparse.numblocks", "1"),
            ("GNU.sparse.map", "0,5"), ("GNU.sparse.size", String(Int.max - 1)),
        ].map { (key: $0.0, value: Array($0.1.utf8)) }
        for name in ["a", "b", "c"] { tar.add(pax: claims, name, Array("hello".utf8)) }
        let size = (key: "size", value: Array(String(Int.max - 1).utf8))
        if !isWhole { tar.add(pax: [size], "d", Array("cut".utf8)) }
        tar.end()
        var image = ImageBuilder()
        image.layer(raw: RawLayer(blob: tar.bytes), createdBy: "COPY . /")
        let evidence = try await Samples.evidence(of: image)
        #expect(evidence.isBalanced && !evidence.isComplete)
    }
}
