import Archives
import Cryptography
import ImageReading
import Model
import TestSupport
import Testing

@Suite("layers")
struct LayerReaderTests {
    private static let compressions: [Compression] = [.none, .gzip, .zstd]

    @Test(
        "entries come in order, with content, and every byte is accounted for", arguments: compressions,
        [false, true])
    func entries(compression: Compression, ahead: Bool) throws {
        let stream = tar("etc/", "etc/key", "etc/alias => etc/key", ".wh.old")
        let (layer, stored) = layer(stream, compression)
        let reader = try open(layer, stored, ahead: ahead)
        #expect(try reader.next()?.kind == .folder)
        let file = try #require(try reader.next())
        #expect(file.path == EntryPath("etc/key") && file.size == 7 && file.mode == 0o644)
        #expect(try reader.content.readAll(limit: 100) == Array("content".utf8))
        #expect(try reader.next()?.kind == .hardLink(target: EntryPath("etc/key")))
        let totals = try reader.finish()
        #expect(totals.compression == compression)
        #expect(totals.blobSize == stored.count)
        #expect(totals.uncompressedSize == stream.count)
        #expect(totals.entries == 4)
        #expect(totals.contentBytes == 7, "what nobody read is not counted")
        let changes = reader.changes
        let key = PathTrail(EntryPath("etc/key"))
        #expect(changes.removes(PathTrail(EntryPath("old"))) && !changes.removes(key))
        #expect(changes.names(of: key).all == [key, PathTrail(EntryPath("etc/alias"))])
        #expect(changes.writesFile(key) && changes.writesFolder(PathTrail(EntryPath("etc"))))
    }

    @Test("an empty layer is one too", arguments: compressions, [0, 512, 1024, 10_240])
    func empty(compression: Compression, size: Int) throws {
        let (layer, stored) = layer([UInt8](repeating: 0, count: size), compression)
        for ahead in [false, true] {
            let totals = try open(layer, stored, ahead: ahead).finish()
            #expect(totals.entries == 0 && totals.uncompressedSize == size)
        }
    }

    @Test(
        "a blob cut anywhere fails, whichever way it is compressed", arguments: compressions, [false, true])
    func truncated(compression: Compression, ahead: Bool) throws {
        let stream = tar("a", "b", "c", content: String(repeating: "0123456789", count: 300))
        let (layer, stored) = layer(stream, compression)
        for length in stride(from: 0, to: stored.count, by: 251) {
            #expect(throws: ImageError.self, "cut at \(length)") {
                try open(layer, Array(stored[..<length]), ahead: ahead).finish()
            }
        }
    }

    @Test("a cut layer still counts what there is of it", arguments: [false, true])
    func abandoned(ahead: Bool) throws {
        let stream = tar("a", "b", content: String(repeating: "x", count: 5_000))
        let (layer, stored) = layer(stream, .gzip)
        let reader = try open(layer, Array(stored[..<6_500]), ahead: ahead)
        let error = #expect(throws: ImageError.self) { try reader.finish() }
        #expect(error?.code == .truncated && error?.gapReason == .truncated)
        let totals = reader.abandon()
        #expect(totals.entries == 2)
        #expect(totals.uncompressedSize > 5_000 && totals.uncompressedSize < 6_500)
        #expect(totals.contentBytes <= totals.uncompressedSize)
    }

    @Test("wrong size, digest and diffID are told apart", arguments: compressions, [false, true])
    func mismatches(compression: Compression, ahead: Bool) throws {
        let stream = tar("a")
        let (right, stored) = layer(stream, compression)
        let other = Digest(sha256: SHA256Hasher.hash([1]))
        func code(digest: Digest, diffID: Digest, size: Int) -> ImageError.Code? {
            let layer = LayerDescriptor(index: 0, digest: digest, diffID: diffID, mediaType: "", size: size)
            do {
                _ = try open(layer, stored, ahead: ahead).finish()
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code(digest: right.digest, diffID: right.diffID, size: right.size) == nil)
        #expect(code(digest: right.digest, diffID: right.diffID, size: right.size + 1) == .sizeMismatch)
        #expect(code(digest: other, diffID: right.diffID, size: right.size) == .digestMismatch)
        #expect(code(digest: right.digest, diffID: other, size: right.size) == .diffIDMismatch)
    }

    @Test(
        "bytes behind the compressed stream fail the layer, after its entries were read",
        arguments: [false, true])
    func trailingGarbage(ahead: Bool) throws {
        let stream = tar("a")
        let stored = RawGzip.member(stream) + [1, 2, 3]
        let layer = descriptor(stream, stored)
        let reader = try open(layer, stored, ahead: ahead)
        #expect(try reader.next()?.path == EntryPath("a"))
        #expect(throws: ImageError(.trailingGarbage, at: "\(layer.digest)", "")) { try reader.finish() }
    }

    @Test("bytes behind the end mark are told, and belong to the diffID", arguments: [false, true])
    func afterEnd(ahead: Bool) throws {
        let stream = tar("a") + tar("hidden")
        let (layer, stored) = layer(stream, .gzip)
        let totals = try open(layer, stored, ahead: ahead).finish()
        #expect(totals.bytesAfterEnd == tar("hidden").count && totals.entries == 1)
        #expect(totals.uncompressedSize == stream.count)
    }

    @Test(
        "entries whose headers are broken are passed over, whatever is wrong with them, and are not forgotten",
        arguments: [false, true], Damage.allCases)
    func malformed(ahead: Bool, damage: Damage) throws {
        var stream = tar("a", "b", "c")
        damage.apply(to: &stream, at: 1024)
        let (layer, stored) = layer(stream, .gzip)
        let reader = try open(layer, stored, ahead: ahead)
        #expect(try reader.next()?.path == EntryPath("a"))
        #expect(try reader.content.readAll(limit: 100) == Array("content".utf8))
        #expect(try reader.next()?.path == EntryPath("c"))
        var shown: [UInt8] = []
        reader.showHeader { padding, _, _ in
            for index in padding.indices { shown.append(padding[index]) }
        }
        #expect(shown.suffix(1024) == stream[1024..<2048], "header and content of b")
        #expect(try reader.content.readAll(limit: 100) == Array("content".utf8))
        let totals = try reader.finish()
        #expect(totals.refusals.map(\.behind) == [EntryPath("a")])
        #expect(totals.entries == 2)
    }

    /// What can be wrong with a header.
    enum Damage: CaseIterable {
        case checksum, negativeSize, largestSize, endlessRecord

        func apply(to stream: inout [UInt8], at start: Int) {
            switch self {
            case .checksum: stream[start + 5] ^= 1
            case .negativeSize:
                stream.replaceSubrange((start + 124)..<(start + 136), with: [0xff] + number(-5))
            case .largestSize:
                stream.replaceSubrange((start + 124)..<(start + 136), with: [0x80] + number(.max))
            case .endlessRecord:
                stream[start + 156] = UInt8(ascii: "x")
                stream.replaceSubrange((start + 124)..<(start + 136), with: Array("77777777777\0".utf8))
            }
            guard self != .checksum else { return }
            stream.replaceSubrange((start + 148)..<(start + 156), with: Array("        ".utf8))
            let sum = String(stream[start..<(start + 512)].reduce(0) { $0 + Int($1) }, radix: 8)
            let digits = String(repeating: "0", count: 6 - sum.utf8.count) + sum + "\0 "
            stream.replaceSubrange((start + 148)..<(start + 156), with: Array(digits.utf8))
        }

        /// Eleven bytes, the most significant first.
        private func number(_ value: Int) -> [UInt8] {
            let filling: UInt8 = value < 0 ? 0xff : 0
            return [filling, filling, filling]
                + (0..<8).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        }
    }

    @Test("a layer larger than what is read ahead is the same layer", arguments: compressions)
    func readAhead(compression: Compression) throws {
        let content = String(repeating: "0123456789abcdef", count: 200_000)
        let (layer, stored) = layer(tar("a", "b", content: content), compression)
        for ahead in [false, true] {
            let reader = try open(layer, stored, ahead: ahead)
            _ = try reader.next()
            #expect(try reader.content.readAll(limit: .max) == Array(content.utf8))
            let totals = try reader.finish()
            #expect(totals.entries == 2 && totals.contentBytes == content.utf8.count)
        }
    }

    private func open(_ layer: LayerDescriptor, _ stored: [UInt8], ahead: Bool) throws(ImageError)
        -> LayerReader
    {
        ahead
            ? try LayerReader.openAhead(layer, from: MemoryByteSource(stored))
            : try LayerReader.open(layer, from: MemoryByteSource(stored))
    }

    private func layer(_ stream: [UInt8], _ compression: Compression) -> (LayerDescriptor, [UInt8]) {
        let stored =
            switch compression {
            case .gzip: RawGzip.member(stream)
            case .zstd: RawGzip.zstdFrame(stream)
            default: stream
            }
        return (descriptor(stream, stored), stored)
    }

    private func descriptor(_ stream: [UInt8], _ stored: [UInt8]) -> LayerDescriptor {
        LayerDescriptor(
            index: 0, digest: Digest(sha256: SHA256Hasher.hash(stored)),
            diffID: Digest(sha256: SHA256Hasher.hash(stream)), mediaType: "", size: stored.count)
    }
}
