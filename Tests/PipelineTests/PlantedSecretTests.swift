import Archives
import Detection
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Layers made at random with a secret in every place that there is: each is found, or the layer is not complete.
struct PlantedSecretTests {
    /// A layer under construction and what was put into it.
    private struct Draft {
        var tar = RawTar()
        var tokens: [String] = []
        var random: SeededGenerator
        /// Whether all readers find the same entries in it.
        var isAgreed = true

        mutating func token() -> [UInt8] {
            tokens.append(Samples.token(random.next()))
            return Array((tokens.last ?? "").utf8)
        }

        mutating func noise() -> [UInt8] {
            let size = [0, 1, 13, 490, 512, 513, 5_000, 300_000].randomElement(using: &random) ?? 0
            return Bool.random(using: &random) ? random.bytes(size) : Samples.filler(size)
        }
    }

    @Test(
        "wherever a secret is planted, it is found or the layer is not complete, and bytes add up",
        arguments: 0..<12)
    func planted(block: Int) async throws {
        for number in 0..<8 {
            let seed = UInt64(7_000 + block * 8 + number)
            var draft = Draft(random: SeededGenerator(seed: seed))
            for index in 0..<Int.random(in: 1...9, using: &draft.random) { try Self.add(index, to: &draft) }
            let (layer, isWhole) = try Self.finish(&draft)
            var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
            image.layer(raw: layer, createdBy: "COPY . /")
            let evidence = try await Samples.evidence(of: image)
            let key = FingerprintKey(bytes: Array(repeating: 7, count: 32))
            let found = Set(evidence.findings.compactMap(\.fingerprint))
            let missed = draft.tokens.filter { !found.contains(key.fingerprint(of: Array($0.utf8).span)) }
            #expect(evidence.isBalanced, "seed \(seed)")
            #expect(evidence.isComplete == (isWhole && draft.isAgreed), "seed \(seed) \(evidence.gaps)")
            #expect(missed.isEmpty || !isWhole, "seed \(seed): \(missed.count) of \(draft.tokens.count)")
            guard isWhole, let facts = evidence.layers.first else { continue }
            #expect(
                facts.bytesScanned == facts.uncompressedSize && facts.bytesSkipped.isEmpty, "seed \(seed)")
        }
    }

    /// An entry with a secret somewhere in it.
    private static func add(_ index: Int, to draft: inout Draft) throws {
        let name = "d\(index)/e\(index)"
        let content = draft.noise()
        let token = draft.token()
        switch Int.random(in: 0...13, using: &draft.random) {
        case 0: draft.tar.add(Array("\(name)-".utf8) + token, content)
        case 1: draft.tar.add(name.utf8, type: "2", link: token)
        case 2: draft.tar.add(name.utf8, type: "1", link: Array("x/".utf8) + token)
        case 3: draft.tar.add(pax: [("comment", token), ("mtime", Array("1.25".utf8))], name, content)
        case 4: draft.tar.add(pax: [("SCHILY.xattr.user.a", [0] + token + [0])], name, content)
        case 5: draft.tar.add(records: [("note", token)], type: "g")
        case 6:
            let padding = Array(repeating: UInt8(0), count: Int.random(in: 0...400, using: &draft.random))
            draft.tar.add(name.utf8, [1], padding: padding + token)
        case 7:
            draft.tar.add("././@LongLink".utf8, Array("\(name)/".utf8) + token + [0], type: "L")
            draft.tar.add("cut".utf8, content)
        case 8: draft.tar.add("\(name)/".utf8, type: "5", userName: String(decoding: token, as: UTF8.self))
        case 9:
            // A body that only some readers know of: behind it engines look for an entry elsewhere.
            draft.isAgreed = false
            draft.tar.add(pax: [("size", Array("24".utf8))], name, token, type: "1", link: "first")
        case 10: try addArchive(name, content, token, to: &draft)
        case 11: addSparse(name, token, to: &draft)
        case 12: draft.tar.add(name.utf8, type: "6", prefix: "p/" + String(decoding: token, as: UTF8.self))
        default: draft.tar.add(name.utf8, content + [10] + token + [10] + draft.noise())
        }
    }

    private static func addArchive(
        _ name: String, _ content: [UInt8], _ token: [UInt8], to draft: inout Draft
    ) throws {
        var inner = RawTar()
        inner.add("a".utf8, content)
        switch Int.random(in: 0...2, using: &draft.random) {
        case 0: inner.add(token, [1])
        case 1: inner.add(pax: [("comment", token)], "b")
        default: inner.add("b".utf8, [10] + token)
        }
        inner.end()
        let kind = Int.random(in: 0...3, using: &draft.random)
        let bytes =
            switch kind {
            case 0: inner.bytes
            case 1: try Compressor.compress(inner.bytes, .gzip)
            case 2: try Compressor.compress(inner.bytes, .xz)
            default: try Samples.archive(.zip, ("x/\(String(decoding: token, as: UTF8.self))", inner.bytes))
            }
        draft.tar.add(name.utf8, bytes)
    }

    /// A sparse file as GNU tar writes it in PAX format 1.0: its map before its data, both in the content.
    private static func addSparse(_ name: String, _ token: [UInt8], to draft: inout Draft) {
        let map = Array("1\n4096\n\(token.count)\n".utf8)
        let body = map + [UInt8](repeating: 0, count: 512 - map.count) + token
        draft.tar.add(
            pax: [
                ("GNU.sparse.major", [0x31]), ("GNU.sparse.minor", [0x30]),
                ("GNU.sparse.name", Array(name.utf8)), ("GNU.sparse.realsize", Array("9000".utf8)),
            ], "GNUSparseFile.0/x", body)
    }

    /// The layer, and whether all of it can be seen.
    private static func finish(_ draft: inout Draft) throws -> (RawLayer, isWhole: Bool) {
        var isWhole = true
        switch Int.random(in: 0...5, using: &draft.random) {
        case 0:
            draft.tar.end()
            draft.tar.append(Array("after ".utf8) + draft.token())
            isWhole = false
        case 1: draft.tar.append([UInt8](repeating: 0, count: 512))
        case 2: break
        default:
            draft.tar.end()
            draft.tar.append([UInt8](repeating: 0, count: Int.random(in: 0...20_000, using: &draft.random)))
        }
        let tar = draft.tar.bytes
        let compression = Int.random(in: 0...2, using: &draft.random)
        let blob =
            switch compression {
            case 0: tar
            case 1: try Compressor.compress(tar, .gzip)
            default: try Compressor.compress(tar, .zstd)
            }
        var layer = RawLayer(
            blob: blob,
            mediaType: "application/vnd.oci.image.layer.v1.tar" + ["", "+gzip", "+zstd"][compression],
            diffID: Samples.digest(tar))
        if Int.random(in: 0...3, using: &draft.random) == 0 {
            layer.digest = Samples.digest(blob)
            layer.blob = Array(blob.prefix(Int.random(in: 0..<blob.count, using: &draft.random)))
            isWhole = false
        }
        return (layer, isWhole)
    }
}
