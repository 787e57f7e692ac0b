import Archives
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// For every layer: scanned + skipped = uncompressed, and no damage ever looks like a whole.
struct ByteAccountTests {
    @Test("whatever a layer holds and wherever it ends, its bytes add up", arguments: 0..<16)
    func account(block: Int) async throws {
        for number in 0..<16 {
            let seed = UInt64(block * 16 + number)
            var random = SeededGenerator(seed: seed)
            var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
            var damaged: [Int] = []
            for index in 0..<Int.random(in: 1...3, using: &random) {
                let (layer, isDamaged) = try Self.layer(&random)
                if isDamaged { damaged.append(index) }
                image.layer(raw: layer, createdBy: "COPY . /")
            }
            let evidence = try await Samples.evidence(
                of: image, workers: Int.random(in: 1...3, using: &random))
            #expect(evidence.isBalanced, "seed \(seed)")
            #expect(evidence.isComplete == damaged.isEmpty, "seed \(seed)")
            for index in damaged {
                #expect(
                    evidence.gaps.contains { $0.layer == index && $0.reason.blocksPass }, "seed \(seed)")
            }
            for facts in evidence.layers where !damaged.contains(facts.index ?? -1) {
                #expect(facts.bytesScanned == facts.uncompressedSize, "seed \(seed)")
            }
        }
    }

    /// A layer, and whether it was cut short or changed.
    private static func layer(_ random: inout SeededGenerator) throws -> (RawLayer, isDamaged: Bool) {
        var builder = LayerBuilder()
        // No two layers are alike, or damage to one would be damage to both.
        builder.file("id", random.bytes(8))
        for index in 0..<Int.random(in: 0...8, using: &random) { try add(index, to: &builder, &random) }
        let tar = try builder.tar()
        let compression = Int.random(in: 0...2, using: &random)
        let blob =
            switch compression {
            case 0: tar
            case 1: try Compressor.compress(tar, .gzip)
            default: try Compressor.compress(tar, .zstd)
            }
        let mediaType = "application/vnd.oci.image.layer.v1.tar" + ["", "+gzip", "+zstd"][compression]
        var layer = RawLayer(blob: blob, mediaType: mediaType, diffID: Samples.digest(tar))
        switch Int.random(in: 0...4, using: &random) {
        case 0:
            // What is missing shows in the digest alone where the cut is within the zeros at the end.
            layer.digest = Samples.digest(blob)
            layer.blob = Array(blob.prefix(Int.random(in: 0..<blob.count, using: &random)))
        case 1:
            layer.digest = Samples.digest(blob)
            layer.blob[Int.random(in: 0..<blob.count, using: &random)] ^= 0x40
        default: return (layer, false)
        }
        return (layer, true)
    }

    private static func add(
        _ index: Int, to layer: inout LayerBuilder, _ random: inout SeededGenerator
    ) throws {
        let name = StoredName("folder\(Int.random(in: 0...2, using: &random))/entry\(index)")
        let size = [0, 1, 511, 512, 513, 4_000, 20_000].randomElement(using: &random) ?? 0
        switch Int.random(in: 0...9, using: &random) {
        case 0: layer.folder(name)
        case 1: layer.symbolicLink(name, to: "target")
        case 2: layer.hardLink(name, to: "folder0/target")
        case 3: layer.whiteout(name)
        case 4: layer.fifo(name)
        case 5: layer.file(name, try Samples.archive(.zip, ("in", random.bytes(size))))
        case 6: layer.file(name, try Compressor.compress(Samples.filler(size), .gzip))
        case 7: layer.file(name, Array("KEY=\(Samples.token(random.next()))\n".utf8))
        case 8: layer.file(name, random.bytes(size), extendedAttributes: ["user.note": random.bytes(40)])
        default: layer.file(name, Samples.filler(size))
        }
    }
}
