import Archives
import TestSupport
import Testing

@Suite("tar")
struct ArchiveReaderTests {
    private static let oddNames: [[UInt8]] = [
        Array("café".utf8), Array("cafe\u{301}".utf8), [0x62, 0xff, 0xfe, 0x2f, 0x80],
        Array("../../etc/passwd".utf8), Array("a\nb\u{1b}[31m".utf8),
    ]

    @Test("names are the bytes that are stored, whether or not they are text", arguments: oddNames)
    func names(name: [UInt8]) throws {
        var tar = RawTar()
        tar.add(name, [1, 2, 3])
        tar.add("link".utf8, type: "2", link: name)
        tar.add("other".utf8, type: "1", link: name)
        tar.end()
        let entries = try entries(of: tar.bytes)
        #expect(entries.map(\.path) == [name, Array("link".utf8), Array("other".utf8)])
        #expect(entries.map(\.kind) == [.file, .symbolicLink(target: name), .hardLink(target: name)])
        #expect(entries.allSatisfy { $0.warning == nil })
    }

    @Test("long names in PAX and GNU headers survive", arguments: oddNames)
    func longNames(name: [UInt8]) throws {
        let long = [UInt8](repeating: 0x64, count: 90) + [0x2f] + [UInt8](repeating: 0x65, count: 300) + name
        var tar = RawTar()
        tar.add(pax: [("path", long)], "short", [7])
        tar.add(pax: [("linkpath", long)], "short", type: "2", link: "cut")
        tar.add("././@LongLink".utf8, long + [0], type: "L")
        tar.add("short".utf8, [8])
        tar.end()
        let entries = try entries(of: tar.bytes)
        #expect(entries.map(\.path) == [long, Array("short".utf8), long])
        #expect(entries[1].kind == .symbolicLink(target: long))
        #expect(entries.allSatisfy { $0.warning == nil })
    }

    @Test("mode, owner, group, size and extended attributes are those of the header")
    func facts() throws {
        var tar = RawTar()
        tar.add("tool".utf8, [1, 2], mode: 0o4755, owner: 70_000, group: 5)
        tar.add(
            pax: [("SCHILY.xattr.security.capability", [1, 0, 0, 2]), ("uid", Array("3000000000".utf8))],
            "capable")
        tar.add("pipe".utf8, type: "6")
        tar.add("folder/".utf8, type: "5", mode: 0o1777)
        tar.end()
        let entries = try entries(of: tar.bytes)
        #expect(entries[0].mode == 0o4755 && entries[0].owner == 70_000 && entries[0].group == 5)
        #expect(entries[0].size == 2)
        #expect(entries[1].extendedAttributes == ["security.capability": [1, 0, 0, 2]])
        #expect(entries[1].owner == 3_000_000_000)
        #expect(entries[2].kind == .special)
        #expect(entries[3].kind == .folder && entries[3].mode == 0o1777)
    }

    @Test("content can be read, read in part or passed over", arguments: [1, 100, 511, 512, 70_000])
    func content(size: Int) throws {
        var tar = RawTar()
        for name in ["a", "b", "c"] { tar.add(name.utf8, sample(size)) }
        tar.end()
        let reader = try ArchiveReader.open(ChunkedSource(tar.bytes, piece: 1_000), as: .tar)
        _ = try reader.next()
        #expect(everything(of: reader, piece: 333).bytes == sample(size))
        _ = try reader.next()
        #expect(try reader.readPrefix(min(size, 50)) == Array(sample(size).prefix(50)))
        _ = try reader.next()
        #expect(everything(of: reader).bytes == sample(size))
        #expect(try reader.next() == nil)
        #expect(try reader.next() == nil)
        #expect(try !reader.hasBytesAfterEnd())
    }

    @Test("a header with a wrong checksum is an error, never the end")
    func brokenHeader() throws {
        var tar = RawTar()
        tar.add("a".utf8, [1])
        tar.add("b".utf8, [2])
        tar.end()
        var bytes = tar.bytes
        bytes[1024 + 3] ^= 1
        let reader = try ArchiveReader.open(MemoryByteSource(bytes), as: .tar)
        #expect(try reader.next()?.path == [0x61])
        #expect(throws: ArchiveError(.malformed, "")) { try reader.next() }
    }

    @Test(
        "a tar stream cut inside header or content is truncated",
        arguments: [100, 600, 711, 1500, 2000, 2600],
        [true, false])
    func truncated(length: Int, isSeekable: Bool) throws {
        var tar = RawTar()
        tar.add("a".utf8, sample(200))
        tar.add("b".utf8, sample(2_000))
        tar.end()
        let cut = Array(tar.bytes[..<length])
        let source: any ByteSource = isSeekable ? MemoryByteSource(cut) : ChunkedSource(cut, piece: 77)
        #expect(throws: ArchiveError.self) {
            let reader = try ArchiveReader.open(source, as: .tar)
            while try reader.next() != nil {}
        }
    }

    @Test("a last block that was never filled up is read as if it were")
    func unfilledBlock() throws {
        var tar = RawTar()
        tar.add("a".utf8, sample(100))
        let reader = try ArchiveReader.open(MemoryByteSource(Array(tar.bytes[..<612])), as: .tar)
        _ = try reader.next()
        #expect(everything(of: reader).bytes == sample(100))
        #expect(try reader.next() == nil)
    }

    @Test("bytes behind the end mark do not go unnoticed", arguments: [512, 1024, 400_000])
    func afterEnd(zeros: Int) throws {
        var tar = RawTar()
        tar.add("a".utf8, [1])
        tar.append([UInt8](repeating: 0, count: zeros))
        let quiet = try ArchiveReader.open(ChunkedSource(tar.bytes, piece: 900), as: .tar)
        while try quiet.next() != nil {}
        #expect(try !quiet.hasBytesAfterEnd())
        tar.add("hidden".utf8, [2])
        let loud = try ArchiveReader.open(ChunkedSource(tar.bytes, piece: 900), as: .tar)
        while try loud.next() != nil {}
        #expect(try loud.hasBytesAfterEnd())
    }

    @Test("an empty stream and an empty archive have no entries", arguments: [0, 512, 1024, 10_240])
    func empty(size: Int) throws {
        #expect(try entries(of: [UInt8](repeating: 0, count: size)).isEmpty)
    }

    @Test(
        "a claimed size beyond all measure is an error and takes no memory",
        arguments: [1 << 32, (1 << 33) - 1])
    func absurdSize(size: Int) throws {
        var tar = RawTar()
        tar.add("huge".utf8, [1, 2, 3], claimedSize: size)
        let reader = try ArchiveReader.open(MemoryByteSource(tar.bytes), as: .tar)
        #expect(try reader.next()?.size == size)
        let (bytes, error) = everything(of: reader)
        #expect(bytes.count == 512)
        #expect(error?.code == .truncated)
    }

    @Test("sizes and numbers that overflow are errors or clamped, never a crash")
    func overflowing() throws {
        for value in ["9223372036854775807", "99999999999999999999", "-5"] {
            var tar = RawTar()
            tar.add(pax: [("size", Array(value.utf8)), ("uid", Array(value.utf8))], "odd", [1])
            tar.end()
            let reader = try ArchiveReader.open(MemoryByteSource(tar.bytes), as: .tar)
            do {
                while let entry = try reader.next() { #expect((entry.size ?? 0) >= 0) }
            } catch { #expect(error.code != .unreadable) }
        }
    }

    @Test(
        "holes are short runs of zeros that count as no content",
        .enabled(if: ProgramRunner.has("tar", "truncate")))
    func sparse() throws {
        let folder = try ScratchFolder()
        try folder.write(sample(5_000), to: "holes")
        _ = try ProgramRunner.output(of: "truncate", ["-s", "8G", folder.file("holes")])
        let bytes = try ProgramRunner.output(of: "tar", ["-cSf", "-", "holes"], in: folder.path)
        let reader = try ArchiveReader.open(MemoryByteSource(bytes), as: .tar)
        let entry = try #require(try reader.next())
        #expect(entry.isSparse)
        #expect(entry.size == 8 << 30)
        let content = everything(of: reader).bytes
        #expect(content.starts(with: sample(5_000)))
        #expect(content.count < 20_000)
    }

    private func entries(of bytes: [UInt8]) throws -> [ArchiveEntry] {
        let reader = try ArchiveReader.open(MemoryByteSource(bytes), as: .tar)
        var result: [ArchiveEntry] = []
        while let entry = try reader.next() { result.append(entry) }
        return result
    }
}
