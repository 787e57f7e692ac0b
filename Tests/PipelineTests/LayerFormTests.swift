import Cryptography
import Detection
import FoundationEssentials
import ImageReading
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// A layer that was looked at is known in another compression, once that is proven to hold the same.
struct LayerFormTests {
    private static func layer(_ seed: UInt64) -> LayerBuilder {
        var layer = LayerBuilder()
        layer.file("etc/key.env", "KEY=\(Samples.token(seed))\n")
        layer.file("srv/data", .bytes(Samples.filler(200_000)))
        return layer
    }

    private static func write(
        _ seed: UInt64, _ compression: LayerCompression, in scratch: ScratchFolder, _ name: String
    ) throws {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.layer(layer(seed), createdBy: "COPY . / # buildkit", compression: compression)
        _ = try ImageBundle(image).write(to: scratch.file(name), as: .ociLayout)
    }

    private static func open(_ name: String, in scratch: ScratchFolder) throws -> Image {
        try #require(try ImageSelection.open(scratch.file(name), platform: nil).first)
    }

    /// Has the image say `new` wherever it says `old`, and names every document by its digest again.
    private static func replace(
        _ old: String, _ new: String, in scratch: ScratchFolder, _ name: String
    ) throws {
        let blobs = scratch.file(name + "/blobs/sha256")
        for blob in try FileManager.default.contentsOfDirectory(atPath: blobs) {
            let file = URL(filePath: "\(blobs)/\(blob)")
            let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            guard text.first == "{", text.contains(old) else { continue }
            let changed = Array(text.replacing(old, with: new).utf8)
            let digest = Digest(sha256: SHA256Hasher.hash(changed)).text.dropFirst(7)
            try Data(changed).write(to: URL(filePath: "\(blobs)/\(digest)"))
            try replace(blob, String(digest), in: scratch, name)
        }
        let index = String(decoding: try scratch.read(name + "/index.json"), as: UTF8.self)
        try scratch.write(index.replacing(old, with: new), to: name + "/index.json")
    }

    private static func detectors() throws -> DetectorSet {
        try DetectorSet.compile(
            [Samples.rule(.serviceCredential)], key: FingerprintKey(bytes: Array(repeating: 7, count: 32)))
    }

    private static func evidence(
        of image: Image, _ memory: LayerMemory = LayerMemory()
    ) async throws -> (evidence: Evidence, known: [Int]) {
        try await Samples.evidence(of: image, detectors: try Self.detectors(), memory: memory)
    }

    private static func memory(in scratch: ScratchFolder, keeping isKept: Bool) throws -> LayerMemory {
        guard isKept else { return LayerMemory() }
        return LayerMemory(cache: LayerCache(folder: scratch.file("cache"), detectors: try Self.detectors()))
    }

    @Test(
        "the same image in another compression is not looked at again, within a run and between runs",
        arguments: LayerCompression.allCases, [true, false])
    func known(first: LayerCompression, isKept: Bool) async throws {
        let scratch = try ScratchFolder()
        try Self.write(1, first, in: scratch, "first")
        var memory = try Self.memory(in: scratch, keeping: isKept)
        _ = try await Self.evidence(of: try Self.open("first", in: scratch), memory)
        for other in LayerCompression.allCases where other != first {
            try Self.write(1, other, in: scratch, other.rawValue)
            let image = try Self.open(other.rawValue, in: scratch)
            for _ in 1...2 {
                if isKept { memory = try Self.memory(in: scratch, keeping: true) }
                let (evidence, known) = try await Self.evidence(of: image, memory)
                #expect(known == [0])
                #expect(evidence.layers.first?.size == image.layers.first?.size)
                #expect(evidence == (try await Self.evidence(of: image).evidence))
            }
        }
        if isKept { #expect(try scratch.names(in: "cache/layers").count == 1) }
        memory = try Self.memory(in: scratch, keeping: isKept)
        guard isKept else { return }
        let again = try await Self.evidence(of: try Self.open("first", in: scratch), memory)
        #expect(again.known == [0])
    }

    @Test(
        "an image that only says that its layer holds what another's does is not believed",
        arguments: LayerCompression.allCases, [true, false])
    func claimed(compression: LayerCompression, isKept: Bool) async throws {
        let scratch = try ScratchFolder()
        try Self.write(1, .gzip, in: scratch, "honest")
        let honest = try Self.open("honest", in: scratch)
        let memory = try Self.memory(in: scratch, keeping: isKept)
        _ = try await Self.evidence(of: honest, memory)
        try Self.write(2, compression, in: scratch, "liar")
        let truth = try #require(try Self.open("liar", in: scratch).layers.first?.diffID)
        let told = try #require(honest.layers.first?.diffID)
        // Without compression, digest and diffID are the same text, and the blob is gone where both are changed.
        try Self.replace(
            compression == .none ? "[\"\(truth)\"]" : truth.text,
            compression == .none ? "[\"\(told)\"]" : told.text, in: scratch, "liar")
        let liar = try Self.open("liar", in: scratch)
        #expect(
            liar.layers.map(\.diffID) == [told] && liar.layers.first?.digest != honest.layers.first?.digest)
        let (evidence, known) = try await Self.evidence(of: liar, memory)
        #expect(known == [])
        #expect(evidence.gaps.map(\.reason) == [.digestMismatch])
        #expect(evidence == (try await Self.evidence(of: liar).evidence))
    }

    @Test("a form that is damaged, or goes on behind its end, is told of, whatever is known of the others")
    func damaged() async throws {
        let scratch = try ScratchFolder()
        try Self.write(1, .none, in: scratch, "plain")
        let memory = LayerMemory()
        _ = try await Self.evidence(of: try Self.open("plain", in: scratch), memory)
        try Self.write(1, .gzip, in: scratch, "packed")
        let old = try #require(try Self.open("packed", in: scratch).layers.first)
        let content = try scratch.read("packed/blobs/sha256/\(old.digest.hex)")
        for changed in [Array(content.dropLast(9)), content + Array("more".utf8)] {
            let digest = Digest(sha256: SHA256Hasher.hash(changed)).hex
            let folder = "packed\(changed.count)"
            try Self.write(1, .gzip, in: scratch, folder)
            try scratch.write(changed, to: "\(folder)/blobs/sha256/\(digest)")
            try Self.replace(String(old.digest.hex), String(digest), in: scratch, folder)
            try Self.replace("\"size\":\(content.count)", "\"size\":\(changed.count)", in: scratch, folder)
            let image = try Self.open(folder, in: scratch)
            let (evidence, known) = try await Self.evidence(of: image, memory)
            #expect(known == [] && !evidence.isComplete)
            #expect(evidence == (try await Self.evidence(of: image).evidence))
        }
    }

    @Test("what another compression might leave more memory for is known of its own form only")
    func gaps() throws {
        let digests = (1...3).map { Digest(sha256: Array(repeating: UInt8($0), count: 32)) }
        let keys = digests.dropLast().map {
            LayerMemory.Key(
                LayerDescriptor(index: 0, digest: $0, diffID: digests[2], mediaType: "", size: 1))
        }
        for isShort in [true, false] {
            var report = LayerReport()
            report.isProven = true
            report.wasShortOfMemory = isShort
            if !isShort { report.add(Gap(layer: nil, reason: .searchedAsStored, detail: "large")) }
            let memory = LayerMemory()
            memory.keep(report, for: keys[0])
            #expect(memory.report(for: keys[0])?.isOfThisForm == true)
            #expect(memory.report(for: keys[1])?.report == nil)
        }
    }
}
