import Archives
import TestSupport
import Testing

@Suite("other compressions")
struct CompressionTests {
    private static let tools = ["zstd", "xz", "bzip2", "lzip", "lz4"]

    @Test("each is told by its first bytes, and comes out whole", arguments: tools, [0, 1, 300_000])
    func roundTrip(tool: String, size: Int) throws {
        guard ProgramRunner.has(tool) else { try Test.cancel("needs the \(tool) program") }
        let content = sample(size)
        let stream = try ProgramRunner.output(of: tool, ["-c"], input: content)
        let (compression, source) = try Compression.unwrap(ChunkedSource(stream, piece: 5_000))
        #expect(compression.rawValue == tool)
        let (bytes, error) = everything(of: source)
        #expect(error == nil)
        #expect(bytes == content)
    }

    @Test("streams one behind the other are joined", arguments: tools)
    func joined(tool: String) throws {
        guard ProgramRunner.has(tool) else { try Test.cancel("needs the \(tool) program") }
        let stream = try ProgramRunner.output(of: tool, ["-c"], input: sample(5_000))
        let (bytes, error) = everything(of: try Compression.unwrap(MemoryByteSource(stream + stream)).content)
        #expect(error == nil)
        #expect(bytes == sample(5_000) + sample(5_000))
    }

    @Test(
        "bytes behind the last stream are told, zeros let be",
        arguments: tools + ["xz --format=lzma"], [0, 5_000, 200_000])
    func followed(tool: String, size: Int) throws {
        let command = tool.split(separator: " ").map(String.init)
        guard ProgramRunner.has(command[0]) else { try Test.cancel("needs the \(command[0]) program") }
        let stream = try ProgramRunner.output(
            of: command[0], command.dropFirst() + ["-c"], input: sample(size))
        for tail in [5, 100_000].map({ [UInt8](repeating: 0x78, count: $0) }) + [[0, 0, 0, 0, 0x78, 0x78]] {
            let error = #expect(throws: ArchiveError.self) {
                let source = try Compression.unwrap(ChunkedSource(stream + tail, piece: 3_000)).content
                if let error = everything(of: source).error { throw error }
            }
            // Of xz and zstd the next stream is told to be none.
            #expect(error?.code == .trailingGarbage || tool == "zstd" || tool == "xz" || size == 0)
        }
        // zstd knows no padding, and of what holds nothing it is told as well.
        guard tool != "zstd", size > 0 else { return }
        let zeros = [UInt8](repeating: 0, count: 512)
        let (bytes, error) = everything(of: try Compression.unwrap(MemoryByteSource(stream + zeros)).content)
        #expect(bytes == sample(size) && error == nil)
    }

    @Test(
        "what stands before bytes that are no frame comes out before they are told",
        arguments: [400, 300_000])
    func beforeGarbage(size: Int) throws {
        guard ProgramRunner.has("zstd") else { try Test.cancel("needs the zstd program") }
        let stream = try ProgramRunner.output(of: "zstd", ["-c"], input: sample(size))
        let tail = [UInt8](repeating: 0x78, count: 5_000)
        let (bytes, error) = everything(of: try Compression.unwrap(MemoryByteSource(stream + tail)).content)
        #expect(bytes == sample(size) && error?.code == .trailingGarbage)
    }

    @Test("a stream that is cut is an error, not a short content", arguments: tools, [0.2, 0.5, 0.9, 0.999])
    func truncated(tool: String, part: Double) throws {
        guard ProgramRunner.has(tool) else { try Test.cancel("needs the \(tool) program") }
        let stream = try ProgramRunner.output(of: tool, ["-c"], input: sample(400_000))
        let cut = Array(stream[..<Int(Double(stream.count) * part)])
        #expect(throws: ArchiveError.self) {
            let source = try Compression.unwrap(MemoryByteSource(cut)).content
            if let error = everything(of: source).error { throw error }
        }
    }

    @Test(
        "of a small stream any bit that is wrong is an error, and never an empty content",
        arguments: [
            ("zstd", ["--check", "-c"]), ("xz", ["-c"]), ("bzip2", ["-c"]), ("lzip", ["-c"]), ("lz4", ["-c"]),
        ])
    func flipped(tool: String, options: [String]) throws {
        guard ProgramRunner.has(tool) else { try Test.cancel("needs the \(tool) program") }
        let content = sample(400)
        let stream = try ProgramRunner.output(of: tool, options, input: content)
        for place in 0..<stream.count * 8 {
            var flipped = stream
            flipped[place / 8] ^= 1 << UInt8(place % 8)
            // What is no more known for compressed is scanned as it is stored.
            guard (try? Compression.unwrap(MemoryByteSource(flipped)).compression) != Compression.none else {
                continue
            }
            do throws(ArchiveError) {
                let (bytes, error) = everything(of: try Compression.unwrap(MemoryByteSource(flipped)).content)
                if let error { throw error }
                #expect(bytes == content, "bit \(place)")
            } catch {}
        }
    }

    @Test("a member of lzip that needs more memory than those before it is held to what there is")
    func laterDictionary() throws {
        guard ProgramRunner.has("lzip") else { try Test.cancel("needs the lzip program") }
        let small = try ProgramRunner.output(of: "lzip", ["-c", "-s", "4KiB"], input: sample(500))
        let large = try ProgramRunner.output(
            of: "sh", ["-c", "head -c 60000000 /dev/zero | lzip -c -1 -s 64MiB"])
        let (bytes, error) = everything(of: try Compression.unwrap(MemoryByteSource(small + large)).content)
        #expect(error?.code == .tooLarge)
        #expect(bytes.count < 48 << 20)
    }

    @Test("behind a member of lzip that holds nothing a broken one is not overlooked")
    func behindEmpty() throws {
        guard ProgramRunner.has("lzip") else { try Test.cancel("needs the lzip program") }
        let empty = try ProgramRunner.output(of: "lzip", ["-c"], input: [])
        var broken = try ProgramRunner.output(of: "lzip", ["-c"], input: sample(400))
        broken[8] ^= 0xff
        #expect(throws: ArchiveError.self) {
            let source = try Compression.unwrap(MemoryByteSource(empty + broken)).content
            if let error = everything(of: source).error { throw error }
        }
    }

    @Test("what the old compress program made comes out whole", arguments: [1, 400, 300_000])
    func compress(size: Int) throws {
        guard ProgramRunner.has("compress") else { try Test.cancel("needs the compress program") }
        let content = sample(size)
        let stream = try ProgramRunner.output(of: "compress", ["-cf"], input: content)
        let (compression, source) = try Compression.unwrap(ChunkedSource(stream, piece: 5_000))
        #expect(compression == .compress)
        let (bytes, error) = everything(of: source)
        #expect(error == nil)
        #expect(bytes == content)
    }

    @Test("LZ4 in its older form, as kernels have it, comes out whole", arguments: [1, 9 << 20])
    func olderLZ4(size: Int) throws {
        guard ProgramRunner.has("lz4") else { try Test.cancel("needs the lz4 program") }
        let stream = try ProgramRunner.output(of: "lz4", ["-l", "-c"], input: sample(size))
        let (compression, source) = try Compression.unwrap(MemoryByteSource(stream))
        #expect(compression == .lz4)
        let (bytes, error) = everything(of: source)
        #expect(error == nil)
        #expect(bytes == sample(size))
    }

    @Test("zstd frames may begin with a skippable one and end with another")
    func skippable() throws {
        let note: [UInt8] = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]
        let stream = note + RawGzip.zstdFrame(sample(200_000)) + note
        let (compression, source) = try Compression.unwrap(MemoryByteSource(stream))
        #expect(compression == .zstd)
        let (bytes, error) = everything(of: source)
        #expect(error == nil)
        #expect(bytes == sample(200_000))
    }

    @Test("a frame that refers further back than those before it has its memory when it comes")
    func laterWindow() throws {
        guard ProgramRunner.has("zstd") else { try Test.cancel("needs the zstd program") }
        let small = try ProgramRunner.output(of: "zstd", ["-c"], input: sample(500))
        let large = try ProgramRunner.output(of: "zstd", ["-c"], input: sample(6 << 20))
        let stream = (0..<200).flatMap { _ in small } + large
        let (bytes, error) = everything(
            of: try Compression.unwrap(ChunkedSource(stream, piece: 5_000)).content)
        #expect(error == nil)
        #expect(bytes.count == 200 * 500 + 6 << 20)
    }

    @Test("what is not compressed passes unchanged", arguments: [0, 3, 100_000])
    func uncompressed(size: Int) throws {
        let (compression, source) = try Compression.unwrap(MemoryByteSource(sample(size)))
        #expect(compression == .none)
        #expect(everything(of: source).bytes == sample(size))
    }
}
