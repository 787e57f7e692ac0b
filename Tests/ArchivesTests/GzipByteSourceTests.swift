import Archives
import TestSupport
import Testing

@Suite("gzip")
struct GzipByteSourceTests {
    private static let pieces = [1, 3, 8, 9, 512, 100_000]

    @Test("content comes out whole, whatever the sizes of the pieces", arguments: pieces, pieces)
    func roundTrip(input: Int, output: Int) throws {
        let content = sample(20_000)
        let gzip = GzipByteSource(ChunkedSource(RawGzip.member(content), piece: input))
        let (bytes, error) = everything(of: gzip, piece: output)
        #expect(error == nil)
        #expect(bytes == content)
    }

    @Test(
        "what the gzip program compresses comes out whole",
        .enabled(if: ProgramRunner.has("gzip"), "needs the gzip program"), arguments: ["-1", "-6", "-9"],
        pieces)
    func program(level: String, piece: Int) throws {
        let content = sample(150_000)
        let compressed = try ProgramRunner.output(of: "gzip", [level, "-n", "-c"], input: content)
        let members = compressed + compressed
        let (bytes, error) = everything(of: GzipByteSource(ChunkedSource(members, piece: piece)))
        #expect(error == nil)
        #expect(bytes == content + content)
    }

    @Test("members are joined, empty ones included", arguments: pieces)
    func members(piece: Int) {
        let parts = [sample(5), [], sample(70_000), [], [7]]
        let stream = parts.flatMap { RawGzip.member($0) }
        let (bytes, error) = everything(of: GzipByteSource(ChunkedSource(stream, piece: piece)))
        #expect(error == nil)
        #expect(bytes == parts.flatMap(\.self))
    }

    @Test("extra field, name and comment in the header are passed over", arguments: pieces)
    func headerFields(piece: Int) {
        let fields: [UInt8] = [3, 0, 1, 2, 3] + Array("name\u{0}a comment\u{0}".utf8)
        let stream = RawGzip.member(sample(100), flags: 0b11100, fields: fields)
        let (bytes, error) = everything(of: GzipByteSource(ChunkedSource(stream, piece: piece)))
        #expect(error == nil)
        #expect(bytes == sample(100))
    }

    @Test("a stream cut anywhere is truncated, and what came before the cut is handed out")
    func truncated() {
        let content = sample(3_000)
        let stream = RawGzip.member(content)
        for length in 0..<stream.count {
            let source = GzipByteSource(ChunkedSource(Array(stream[..<length]), piece: 777))
            let (bytes, error) = everything(of: source, piece: 64)
            #expect(error?.code == (length == 1 ? .malformed : .truncated), "cut at \(length)")
            #expect(content.starts(with: bytes))
            if length > stream.count - 8 { #expect(bytes == content) }
        }
    }

    @Test("a second member cut anywhere is truncated or not there", arguments: [1, 2, 5, 11, 20])
    func truncatedSecondMember(length: Int) {
        let stream = RawGzip.member([1, 2, 3]) + RawGzip.member([4, 5, 6]).prefix(length)
        let (bytes, error) = everything(of: GzipByteSource(ChunkedSource(stream, piece: 4)))
        #expect(bytes.starts(with: [1, 2, 3]))
        #expect(error?.code == (length < 2 ? .trailingGarbage : .truncated))
    }

    @Test("a wrong checksum or length is told", arguments: [(1, nil), (nil, 99)] as [(UInt32?, UInt32?)])
    func wrongTrailer(checksum: UInt32?, length: UInt32?) {
        let stream = RawGzip.member(sample(50), checksum: checksum, length: length)
        #expect(everything(of: GzipByteSource(MemoryByteSource(stream))).error?.code == .checksumMismatch)
    }

    @Test(
        "bytes behind the last member have an error of their own",
        arguments: [[0, 9], [0, 0, 0x1f], [9, 9], [0x1f, 9]])
    func trailingGarbage(garbage: [UInt8]) {
        let source = GzipByteSource(MemoryByteSource(RawGzip.member([1, 2, 3]) + garbage))
        let (bytes, error) = everything(of: source)
        #expect(bytes == [1, 2, 3])
        #expect(error?.code == .trailingGarbage)
    }

    @Test("zeros behind a member fill its block, and another member may follow", arguments: [1, 3, 5_000])
    func padding(count: Int) {
        let zeros = [UInt8](repeating: 0, count: count)
        let stream = RawGzip.member([1, 2, 3]) + zeros + RawGzip.member([4]) + zeros
        let (bytes, error) = everything(of: GzipByteSource(ChunkedSource(stream, piece: 7)))
        #expect(bytes == [1, 2, 3, 4])
        #expect(error == nil)
    }

    @Test(
        "what is no gzip is malformed",
        arguments: [[1, 2, 3], [0x1f, 0x8b, 9, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]])
    func malformed(bytes: [UInt8]) {
        let error = everything(of: GzipByteSource(MemoryByteSource(bytes))).error
        #expect(error?.code == .malformed || error?.code == .unsupported)
    }

    @Test("a broken block is malformed")
    func brokenBlock() {
        var stream = RawGzip.member(sample(500))
        stream[10] = 0b111
        #expect(everything(of: GzipByteSource(MemoryByteSource(stream))).error?.code == .malformed)
    }

    @Test("a failure below comes through, after the bytes before it")
    func failureBelow() {
        let stream = RawGzip.member(sample(1_000))
        let broken = ChunkedSource(
            Array(stream[..<600]), piece: 100, failure: ArchiveError(.unreadable, "disk is gone"))
        let (bytes, error) = everything(of: GzipByteSource(broken))
        #expect(error?.code == .unreadable)
        #expect(bytes == Array(sample(1_000)[..<bytes.count]) && bytes.count > 500)
    }
}
