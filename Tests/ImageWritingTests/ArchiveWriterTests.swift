import Archives
import TestSupport
import Testing

@Suite("Writing archives")
struct ArchiveWriterTests {
    private let odd: [UInt8] = Array("caf".utf8) + [0xe9, 0xff] + Array(".txt".utf8)

    private func sample() throws -> [UInt8] {
        try ArchiveWriter.bytes(
            .tar,
            [
                (
                    ArchiveEntryHeader(name: Array("etc".utf8), kind: .folder, mode: 0o755, modified: 86_400),
                    []
                ),
                (file("etc/passwd", size: 5, mode: 0o4644, owner: 7, group: 8), Array("root\n".utf8)),
                (
                    ArchiveEntryHeader(
                        name: Array("etc/link".utf8), kind: .symbolicLink(target: Array("passwd".utf8)),
                        mode: 0o777), []
                ),
                (
                    ArchiveEntryHeader(
                        name: Array("etc/hard".utf8), kind: .hardLink(target: Array("etc/passwd".utf8)),
                        mode: 0o644), []
                ),
            ])
    }

    private func file(
        _ name: String, size: Int, mode: Int = 0o644, owner: Int = 0, group: Int = 0
    ) -> ArchiveEntryHeader {
        ArchiveEntryHeader(
            name: Array(name.utf8), kind: .file(size: size), mode: mode, owner: owner, group: group,
            modified: 86_400)
    }

    @Test("tar reads back modes, owners, times, links and contents")
    func readByTar() throws {
        let tar = try #require(ProgramRunner(tool: "tar"))
        let scratch = try ScratchFolder()
        let path = try scratch.write(try sample(), to: "a.tar")
        let listing = try tar.run(["--numeric-owner", "-tvf", path]).outputText
        let lines = listing.split(separator: "\n")
        try #require(lines.count == 4)
        #expect(lines[0].hasPrefix("drwxr-xr-x 0/0"))
        #expect(lines[0].hasSuffix("1970-01-02 00:00 etc/"))
        #expect(lines[1].hasPrefix("-rwSr--r-- 7/8"))
        #expect(lines[2].hasSuffix("etc/link -> passwd"))
        #expect(lines[3].hasSuffix("etc/hard link to etc/passwd"))
        #expect(try tar.run(["-xOf", path, "etc/passwd"]).outputText == "root\n")
    }

    @Test("names and link targets that are not UTF-8 keep their bytes in a tar")
    func oddNames() throws {
        let header = ArchiveEntryHeader(name: odd, kind: .file(size: 0), mode: 0o644)
        let folder = ArchiveEntryHeader(name: [0xfe, 0xed], kind: .folder, mode: 0o755)
        let link = ArchiveEntryHeader(name: [0x6c], kind: .symbolicLink(target: [0xff, 0x61]), mode: 0o777)
        let bytes = try ArchiveWriter.bytes(.tar, [(header, []), (folder, []), (link, [])])
        let scratch = try ScratchFolder()
        let path = try scratch.write(bytes, to: "a")
        let tar = try #require(ProgramRunner(tool: "tar"))
        let listing = try tar.run(["--quoting-style=literal", "-tf", path]).output
        #expect(listing == odd + [0x0a, 0xfe, 0xed, 0x2f, 0x0a, 0x6c, 0x0a])
        let long = try tar.run(["--quoting-style=literal", "-tvf", path]).output
        #expect(Array(long.suffix(7)) == [0x20, 0x2d, 0x3e, 0x20, 0xff, 0x61, 0x0a])
    }

    @Test("names that are not UTF-8 keep their bytes in a zip")
    func oddNamesInZip() throws {
        let header = ArchiveEntryHeader(name: odd, kind: .file(size: 0), mode: 0o644)
        let bytes = try ArchiveWriter.bytes(.zip, [(header, [])])
        #expect(Array(bytes[30..<30 + odd.count]) == odd)
    }

    @Test("valid UTF-8 names, long names and big owners survive as they are")
    func extendedNames() throws {
        let names = ["grüße/日本.txt", String(repeating: "long/", count: 60) + "end"]
        let entries = names.map { (file($0, size: 0, owner: 3_000_000), [UInt8]()) }
        let scratch = try ScratchFolder()
        let path = try scratch.write(try ArchiveWriter.bytes(.tar, entries), to: "a.tar")
        let tar = try #require(ProgramRunner(tool: "tar"))
        let listing = try tar.run(["--quoting-style=literal", "--numeric-owner", "-tvf", path]).outputText
        for name in names { #expect(listing.contains("3000000/0") && listing.contains(name)) }
    }

    @Test("extended attributes are stored as container engines read them")
    func extendedAttributes() throws {
        let header = ArchiveEntryHeader(
            name: Array("ping".utf8), kind: .file(size: 0), mode: 0o755,
            extendedAttributes: [.init(name: "security.capability", value: [1, 0, 0, 2, 0, 0x20])])
        let text = String(decoding: try ArchiveWriter.bytes(.tar, [(header, [])]), as: UTF8.self)
        #expect(text.contains("SCHILY.xattr.security.capability="))
        #expect(!text.contains("LIBARCHIVE"))
    }

    @Test("the same entries give the same bytes, and nothing is padded to a tape record")
    func deterministic() throws {
        let first = try sample()
        #expect(try sample() == first)
        #expect(first.count == 4 * 512 + 512 + 1_024)
    }

    @Test("a file that is shorter or longer than announced is refused", arguments: [4, 6])
    func wrongSize(count: Int) throws {
        let error = #expect(throws: ArchiveWriteError.self) {
            try ArchiveWriter.bytes(
                .tar, [(file("five", size: 5), [UInt8](repeating: 0x61, count: count))])
        }
        #expect(error == ArchiveWriteError(code: .entry, place: "five", reason: ""))
    }

    @Test("a name that no archive can store is refused", arguments: [[], [0x61, 0, 0x62]] as [[UInt8]])
    func impossibleName(name: [UInt8]) throws {
        let header = ArchiveEntryHeader(name: name, kind: .file(size: 0), mode: 0o644)
        let error = #expect(throws: ArchiveWriteError.self) { try ArchiveWriter.bytes(.tar, [(header, [])]) }
        #expect(error?.code == .entry)
    }

    @Test("what is compressed is restored by the usual tool", arguments: Compressor.Method.allCases)
    func compressed(method: Compressor.Method) throws {
        var random = SeededGenerator(seed: 7)
        let bytes = random.bytes(200_000) + [UInt8](repeating: 0, count: 300_000)
        let compressed = try Compressor.compress(bytes, method)
        #expect(try Compressor.compress(bytes, method) == compressed)
        #expect(compressed.count < bytes.count)
        let tool = try #require(ProgramRunner(tool: method.rawValue))
        #expect(try tool.run(["-dc"], input: compressed).output == bytes)
    }

    @Test("a gzip stream tells neither time nor name")
    func gzipHeader() throws {
        let header = try Compressor.compress(Array("text".utf8), .gzip).prefix(8)
        #expect(Array(header) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0])
    }

    @Test(
        "a zip is the same in every time zone, and reads back",
        arguments: [ArchiveWriter.Format.zip, .storedZip])
    func zip(format: ArchiveWriter.Format) throws {
        var header = file("a/b.txt", size: 4)
        header.modified = 1_767_225_600
        let entry = (header, Array("text".utf8))
        let bytes = try ArchiveWriter.bytes(format, [entry])
        #expect(try ArchiveWriter.bytes(format, [entry]) == bytes)
        // The only time is the format's own beginning, 1980-01-01, wherever the writer was.
        #expect(Array(bytes[10..<14]) == [0, 0, 0x21, 0])
        let scratch = try ScratchFolder()
        let path = try scratch.write(bytes, to: "a.zip")
        let unzip = try #require(ProgramRunner(tool: "unzip"))
        #expect(try unzip.run(["-p", path]).outputText == "text")
    }

    private final class FullSink: ByteSink {
        static let error = ArchiveWriteError(code: .output, place: "sink", reason: "full")

        func write(_ bytes: Span<UInt8>) throws(ArchiveWriteError) { throw Self.error }

        func finish() throws(ArchiveWriteError) {}
    }

    @Test("what the sink says comes back as it was, through tar and compression")
    func fullSink() throws {
        let error = #expect(throws: ArchiveWriteError.self) {
            var writer = try ArchiveWriter.open(.tar, to: try Compressor(.gzip, to: FullSink()))
            var random = SeededGenerator(seed: 1)
            try writer.add(file("big", size: 1 << 20), content: random.bytes(1 << 20))
            try writer.finish()
        }
        #expect(error?.place == "sink")
        #expect(error?.reason == "full")
    }

    @Test("a file sink never writes over a file")
    func existingFile() throws {
        let scratch = try ScratchFolder()
        let path = try scratch.write("precious", to: "file")
        let error = #expect(throws: ArchiveWriteError.self) { _ = try FileSink(path: path) }
        #expect(error == ArchiveWriteError(code: .output, place: path, reason: ""))
        #expect(try scratch.read("file") == Array("precious".utf8))
    }
}
