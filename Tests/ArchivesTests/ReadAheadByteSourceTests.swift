import Archives
import Dispatch
import TestSupport
import Testing

@Suite("reading ahead")
struct ReadAheadByteSourceTests {
    private static let lengths = [0, 1, 4_096, 262_144, 262_145, 1_500_000]

    @Test(
        "bytes come out whole and in order, whatever the sizes of the pieces", arguments: lengths,
        [(1 << 20, 1 << 20), (300, 70_000), (262_144, 1_000), (70_001, 262_144)])
    func whole(length: Int, pieces: (stored: Int, read: Int)) {
        let bytes = sample(length)
        let source = ReadAheadByteSource(ChunkedSource(bytes, piece: pieces.stored))
        let (result, error) = everything(of: source, piece: pieces.read)
        #expect(result == bytes && error == nil)
        #expect(everything(of: source).bytes.isEmpty, "an end stays one")
    }

    @Test("a failure comes after the bytes before it, and again to whoever asks again", arguments: lengths)
    func failure(length: Int) {
        let bytes = sample(length)
        let failure = ArchiveError(.unreadable, "disk is gone")
        let source = ReadAheadByteSource(ChunkedSource(bytes, piece: 50_000, failure: failure))
        for expected in [bytes, []] {
            let (result, error) = everything(of: source, piece: 30_000)
            #expect(result == expected && error?.code == .unreadable)
        }
    }

    @Test("an archive is read from lent blocks as from any source", arguments: [0, 1, 511, 512, 600_000])
    func archive(size: Int) throws {
        let content = sample(size)
        var tar = RawTar()
        for name in ["a", "b"] { tar.add(name.utf8, content) }
        tar.end()
        let reader = try ArchiveReader.open(
            ReadAheadByteSource(ChunkedSource(tar.bytes, piece: 100_000)), as: .tar)
        for name in ["a", "b"] {
            #expect(try reader.next()?.path == Array(name.utf8))
            #expect(try reader.readAll(limit: .max) == content)
        }
        #expect(try reader.next() == nil)
        #expect(try !reader.hasBytesAfterEnd())
    }

    @Test("a reader that goes away ends the thread, wherever that is", arguments: [0, 1, 3, 20])
    func abandoned(blocks: Int) throws {
        let gone = DispatchSemaphore(value: 0)
        var source: ReadAheadByteSource? = ReadAheadByteSource(EndlessSource(gone))
        var scratch = [UInt8](repeating: 0, count: 1 << 18)
        for _ in 0..<blocks {
            var span = scratch.mutableSpan
            _ = try source?.read(into: &span)
        }
        source = nil
        #expect(gone.wait(timeout: .now()) == .success, "the thread still holds its source")
    }

    @Test("no more is read ahead than there is room for")
    func bounded() throws {
        let reads = DispatchSemaphore(value: 0)
        let ahead = ReadAheadByteSource(SignallingSource(reads))
        for _ in 0..<4 { #expect(reads.wait(timeout: .now() + 30) == .success) }
        #expect(reads.wait(timeout: .now() + .milliseconds(50)) == .timedOut, "a fifth block was read")
        // The first block goes back when the second is asked for, and makes room for one.
        #expect(try ahead.readPrefix(300_000).count == 300_000)
        #expect(reads.wait(timeout: .now() + 30) == .success)
        #expect(reads.wait(timeout: .now() + .milliseconds(50)) == .timedOut, "a sixth block was read")
    }
}

/// Never ends, and says when it is let go.
private final class EndlessSource: ByteSource {
    private let gone: DispatchSemaphore

    init(_ gone: DispatchSemaphore) { self.gone = gone }

    deinit { gone.signal() }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        for index in 0..<buffer.count { buffer[index] = 7 }
        return buffer.count
    }
}

/// Never ends, and tells of every read.
private final class SignallingSource: ByteSource {
    private let reads: DispatchSemaphore

    init(_ reads: DispatchSemaphore) { self.reads = reads }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        reads.signal()
        for index in 0..<buffer.count { buffer[index] = 7 }
        return buffer.count
    }
}
