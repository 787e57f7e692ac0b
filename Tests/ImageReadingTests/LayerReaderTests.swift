import Archives
import Cryptography
import ImageReading
import Model
import TestSupport
import Testing

@Suite("layers")
struct LayerReaderTests {
    private static let compressions: [Compression] = [.none, .gzip, .zstd]

    @Test("entries come in order, with content, and every byte is accounted for", arguments: compressions)
    func entries(compression: Compression) throws {
        let stream = tar("etc/", "etc/key", "etc/alias => etc/key", ".wh.old")
        let (layer, stored) = layer(stream, compression)
        let reader = try LayerReader.open(layer, from: MemoryByteSource(stored))
        #expect(try reader.next()?.kind == .folder)
        let key = try #require(try reader.next())
        #expect(key.path == EntryPath("etc/key") && key.size == 7 && key.mode == 0o644)
        #expect(try reader.content.readAll(limit: 100) == Array("content".utf8))
        #expect(try reader.next()?.kind == .hardLink(target: EntryPath("etc/key")))
        let totals = try reader.finish()
        #expect(totals.compression == compression)
        #expect(totals.blobSize == stored.count)
        #expect(totals.uncompressedSize == stream.count)
        #expect(totals.entries == 4)
        #expect(totals.contentBytes == 7, "what nobody read is not counted")
        #expect(reader.changes.whiteouts == [EntryPath("old")])
        #expect(reader.changes.hardLinks == [EntryPath("etc/key"): [EntryPath("etc/alias")]])
        #expect(
            reader.changes.writesFile(EntryPath("etc/key")) && reader.changes.writesFolder(EntryPath("etc")))
    }

    @Test("an empty layer is one too", arguments: compressions, [0, 512, 1024, 10_240])
    func empty(compression: Compression, size: Int) throws {
        let (layer, stored) = layer([UInt8](repeating: 0, count: size), compression)
        let totals = try LayerReader.open(layer, from: MemoryByteSource(stored)).finish()
        #expect(totals.entries == 0 && totals.uncompressedSize == size)
    }

    @Test("a blob cut anywhere fails, whichever way it is compressed", arguments: compressions)
    func truncated(compression: Compression) throws {
        let stream = tar("a", "b", "c", content: String(repeating: "0123456789", count: 300))
        let (layer, stored) = layer(stream, compression)
        for length in stride(from: 0, to: stored.count, by: 251) {
            #expect(throws: ImageError.self, "cut at \(length)") {
                try LayerReader.open(layer, from: MemoryByteSource(Array(stored[..<length]))).finish()
            }
        }
    }

    @Test("a cut layer still counts what there is of it")
    func abandoned() throws {
        let stream = tar("a", "b", content: String(repeating: "x", count: 5_000))
        let (layer, stored) = layer(stream, .gzip)
        let reader = try LayerReader.open(layer, from: MemoryByteSource(Array(stored[..<6_500])))
        let error = #expect(throws: ImageError.self) { try reader.finish() }
        #expect(error?.code == .truncated && error?.gapReason == .truncated)
        let totals = reader.abandon()
        #expect(totals.entries == 2)
        #expect(totals.uncompressedSize > 5_000 && totals.uncompressedSize < 6_500)
        #expect(totals.contentBytes <= totals.uncompressedSize)
    }

    @Test("wrong size, digest and diffID are told apart", arguments: compressions)
    func mismatches(compression: Compression) throws {
        let stream = tar("a")
        let (right, stored) = layer(stream, compression)
        let other = Digest(sha256: SHA256Hasher.hash([1]))
        func code(digest: Digest, diffID: Digest, size: Int) -> ImageError.Code? {
            let layer = LayerDescriptor(index: 0, digest: digest, diffID: diffID, mediaType: "", size: size)
            do {
                _ = try LayerReader.open(layer, from: MemoryByteSource(stored)).finish()
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

    @Test("bytes behind the compressed stream fail the layer, after its entries were read")
    func trailingGarbage() throws {
        let stream = tar("a")
        let stored = RawGzip.member(stream) + [1, 2, 3]
        let layer = descriptor(stream, stored)
        let reader = try LayerReader.open(layer, from: MemoryByteSource(stored))
        #expect(try reader.next()?.path == EntryPath("a"))
        #expect(throws: ImageError(.trailingGarbage, at: "\(layer.digest)", "")) { try reader.finish() }
    }

    @Test("bytes behind the end mark are told, and belong to the diffID")
    func afterEnd() throws {
        let stream = tar("a") + tar("hidden")
        let (layer, stored) = layer(stream, .gzip)
        let totals = try LayerReader.open(layer, from: MemoryByteSource(stored)).finish()
        #expect(totals.bytesAfterEnd == tar("hidden").count && totals.entries == 1)
        #expect(totals.uncompressedSize == stream.count)
    }

    @Test("a broken header names the entry before it, and is not got over")
    func malformed() throws {
        var stream = tar("a", "b")
        stream[1024 + 5] ^= 1
        let (layer, stored) = layer(stream, .none)
        let reader = try LayerReader.open(layer, from: MemoryByteSource(stored))
        _ = try reader.next()
        for _ in 0..<2 {
            #expect(throws: ImageError(.malformedLayer, at: "\(layer.digest) /a", "")) { try reader.next() }
        }
        #expect(throws: ImageError(.malformedLayer, at: "\(layer.digest) /a", "")) { try reader.finish() }
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
