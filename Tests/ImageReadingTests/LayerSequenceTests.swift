import Archives
import Cryptography
import ImageReading
import Model
import TestSupport
import Testing

@Suite("the order in which layers are best read")
struct LayerSequenceTests {
    private static let layers = [tar("first"), tar("second"), tar("third")]

    /// A docker-archive that stores the layers from the top down, and the lowest once more as a link.
    private static func archive(compressing compressed: Set<Int> = []) -> [UInt8] {
        let diffIDs = (layers + [layers[0]]).map { "\"\(Digest(sha256: SHA256Hasher.hash($0)))\"" }
        let config = Array(
            #"{"os":"linux","architecture":"amd64","rootfs":{"diff_ids":[\#(diffIDs.joined(separator: ","))]}}"#
                .utf8)
        var outer = RawTar()
        for index in layers.indices.reversed() {
            let stored = compressed.contains(index) ? RawGzip.member(layers[index]) : layers[index]
            outer.add("\(index).tar".utf8, stored)
        }
        outer.add("again.tar".utf8, type: "2", link: "0.tar".utf8)
        outer.add("config.json".utf8, config)
        outer.add(
            "manifest.json".utf8,
            Array(#"[{"Config":"config.json","Layers":["0.tar","1.tar","2.tar","again.tar"]}]"#.utf8))
        outer.end()
        return outer.bytes
    }

    private static func image(_ bytes: [UInt8], in folder: ScratchFolder, as name: String = "image.tar")
        throws -> Image
    {
        try ImageOpener.open(try ImageReference.parse(try folder.write(bytes, to: name)))[0]
    }

    @Test("a compressed archive wants its own order, a plain one none", arguments: [Set(), [1], [0, 1, 2]])
    func sequence(compressed: Set<Int>) throws {
        let folder = try ScratchFolder()
        let plain = try Self.image(Self.archive(compressing: compressed), in: folder)
        #expect(plain.sequence == nil)
        let packed = try Self.image(
            RawGzip.member(Self.archive(compressing: compressed)), in: folder, as: "image.tar.gz")
        #expect(packed.layers == plain.layers)
        #expect(packed.sequence?.map(\.index) == [2, 1, 0, 3])
        for image in [plain, packed] {
            #expect(try paths(image) == [["/first"], ["/second"], ["/third"], ["/first"]])
        }
    }

    @Test("layers that are missing come last, and are missing")
    func missing() throws {
        var outer = RawTar()
        let diffIDs = Self.layers.map { "\"\(Digest(sha256: SHA256Hasher.hash($0)))\"" }
        outer.add("1.tar".utf8, Self.layers[1])
        outer.add(
            "config".utf8,
            Array(
                #"{"os":"linux","architecture":"amd64","rootfs":{"diff_ids":[\#(diffIDs.joined(separator: ","))]}}"#
                    .utf8))
        outer.add(
            "manifest.json".utf8,
            Array(#"[{"Config":"config","Layers":["0.tar","1.tar","2.tar"]}]"#.utf8))
        outer.end()
        let image = try Self.image(RawGzip.member(outer.bytes), in: try ScratchFolder())
        #expect(image.sequence?.map(\.index) == [1, 0, 2])
        #expect(throws: ImageError(.notFound, at: image.layers[0].digest.text, "")) {
            try image.reader(for: image.layers[0])
        }
    }
}
