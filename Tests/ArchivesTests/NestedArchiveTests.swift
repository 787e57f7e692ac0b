import Archives
import TestSupport
import Testing

@Suite("archives inside")
struct NestedArchiveTests {
    /// How to make an archive of the file `inner/a.txt` on standard output.
    private static let recipes: [(kind: ArchiveKind, tools: [String], command: String)] = [
        (.tar, ["tar"], "tar -cf - inner/a.txt"),
        (.gzip, ["tar", "gzip"], "tar -cf - inner/a.txt | gzip -c"),
        (.xz, ["tar", "xz"], "tar -cf - inner/a.txt | xz -c"),
        (.bzip2, ["tar", "bzip2"], "tar -cf - inner/a.txt | bzip2 -c"),
        (.zstd, ["tar", "zstd"], "tar -cf - inner/a.txt | zstd -qc"),
        (.zip, ["zip"], "zip -q - inner/a.txt"),
        (.cpio, ["cpio"], "echo inner/a.txt | cpio -o -H newc"),
        (.sevenZip, ["7z"], "7z a -bd x.7z inner/a.txt > /dev/null && cat x.7z"),
    ]

    @Test("each format is recognised and read from a stream in pieces", arguments: recipes.indices)
    func formats(index: Int) throws {
        let recipe = Self.recipes[index]
        guard recipe.tools.allSatisfy({ ProgramRunner.has($0) }) else {
            try Test.cancel("needs \(recipe.tools)")
        }
        let bytes = try made(by: recipe.command)
        #expect(kind(of: bytes) == recipe.kind)
        let isSeekNeeded = recipe.kind == .sevenZip
        let source: any ByteSource =
            isSeekNeeded ? MemoryByteSource(bytes) : ChunkedSource(bytes, piece: 1_001)
        let reader = try ArchiveReader.open(source, as: .any)
        let entry = try #require(try reader.next())
        #expect(entry.path == Array("inner/a.txt".utf8))
        #expect(everything(of: reader).bytes == sample(30_000))
        #expect(try reader.next() == nil)
    }

    @Test(
        "a single compressed file has one entry without a name", arguments: ["gzip", "xz", "bzip2", "zstd"])
    func single(tool: String) throws {
        guard ProgramRunner.has(tool) else { try Test.cancel("needs \(tool)") }
        let bytes = try ProgramRunner.output(of: tool, ["-c"], input: sample(1_000))
        let reader = try ArchiveReader.open(MemoryByteSource(bytes), as: .any)
        #expect(try reader.next()?.path == [])
        #expect(everything(of: reader).bytes == sample(1_000))
        #expect(try reader.next() == nil)
    }

    @Test("names in a zip archive come out in UTF-8", .enabled(if: ProgramRunner.has("zip")))
    func zipNames() throws {
        let folder = try ScratchFolder()
        try folder.write([1], to: "gr\u{fc}\u{df}e \u{1f511}.txt")
        let bytes = try ProgramRunner.output(of: "zip", ["-qr", "-", "."], in: folder.path)
        let reader = try ArchiveReader.open(ChunkedSource(bytes, piece: 100), as: .any)
        let entry = try #require(try reader.next())
        #expect(String(decoding: entry.path, as: UTF8.self) == "gr\u{fc}\u{df}e \u{1f511}.txt")
        #expect(entry.warning == nil)
    }

    @Test(
        "an entry under a password is told as such, and the others are still read",
        .enabled(if: ProgramRunner.has("zip")))
    func encrypted() throws {
        let bytes = try made(
            by: "zip -qP pw x.zip inner/a.txt && cp inner/a.txt b.txt && zip -q x.zip b.txt && cat x.zip")
        let reader = try ArchiveReader.open(MemoryByteSource(bytes), as: .any)
        let locked = try #require(try reader.next())
        #expect(locked.isEncrypted)
        #expect(everything(of: reader).error?.code == .encrypted)
        #expect(try reader.next()?.isEncrypted == false)
        #expect(everything(of: reader).bytes == sample(30_000))
    }

    @Test(
        "what is no archive is refused, whatever it is",
        arguments: [Named("text", Array("plain text".utf8)), Named("noise", sample(4_000))])
    func noArchive(content: Named<[UInt8]>) throws {
        #expect(kind(of: content.value) == nil)
        let reader = try ArchiveReader.open(MemoryByteSource(content.value), as: .any)
        #expect(throws: ArchiveError(.unrecognised, "")) { try reader.next() }
    }

    @Test(
        "a zip archive cut short is an error", .enabled(if: ProgramRunner.has("zip")),
        arguments: [40, 200, 5_000])
    func truncated(length: Int) throws {
        let bytes = Array(try made(by: "zip -q - inner/a.txt").prefix(length))
        let reader = try ArchiveReader.open(ChunkedSource(bytes, piece: 64), as: .any)
        #expect(throws: ArchiveError.self) {
            while try reader.next() != nil {
                if let error = everything(of: reader).error { throw error }
            }
        }
    }

    @Test("magic numbers alone decide, and short content is none")
    func kinds() {
        #expect(kind(of: []) == nil)
        #expect(kind(of: [0x50, 0x4b]) == nil)
        #expect(kind(of: Array("!<arch>\ndebian-binary".utf8)) == .ar)
        #expect(kind(of: [0xed, 0xab, 0xee, 0xdb, 3, 0]) == .rpm)
        #expect(kind(of: [UInt8](repeating: 0, count: 1024)) == nil)
        var tar = RawTar()
        tar.add("x".utf8)
        #expect(kind(of: tar.bytes) == .tar)
        var old = tar.bytes
        old.replaceSubrange(257..<265, with: [UInt8](repeating: 0, count: 8))
        #expect(kind(of: old) == nil)
    }

    private func kind(of bytes: [UInt8]) -> ArchiveKind? {
        ArchiveKind.sniff(bytes.span.extracting(0..<min(bytes.count, ArchiveKind.prefixLength)))
    }

    private func made(by command: String) throws -> [UInt8] {
        let folder = try ScratchFolder()
        try folder.write(sample(30_000), to: "inner/a.txt")
        return try ProgramRunner.output(of: "sh", ["-c", command], in: folder.path)
    }
}
