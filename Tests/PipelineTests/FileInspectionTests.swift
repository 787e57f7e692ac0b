import Archives
import Detection
import Model
import TestSupport
import Testing

@testable import Pipeline

struct FileInspectionTests {
    @Test(
        "a secret in an archive is found in the file that holds it",
        arguments: [ArchiveWriter.Format.tar, .zip, .storedZip])
    func inside(format: ArchiveWriter.Format) throws {
        let bytes = try Samples.archive(
            format, ("readme", Samples.filler(100)),
            ("conf/app.env", Array("x\nKEY=\(Samples.token())\n".utf8)))
        let result = try Samples.inspect(bytes)
        #expect(result.gaps.isEmpty)
        let finding = try #require(result.findings.first)
        #expect(finding.place.within == ["conf/app.env"])
        #expect(finding.place.line == 2)
        #expect(finding.place.offset == 6)
        #expect(result.findings.count == 1, "not twice where the archive stores it as it is")
    }

    @Test(
        "a compressed file is opened, whatever compresses it",
        arguments: [Compressor.Method.gzip, .zstd, .xz, .bzip2])
    func compressed(method: Compressor.Method) throws {
        let bytes = try Compressor.compress(Array("KEY=\(Samples.token())".utf8), method)
        let result = try Samples.inspect(bytes, at: "var/backup.env.packed")
        #expect(result.findings.map(\.place.within) == [["backup.env"]])
        #expect(result.gaps.isEmpty)
    }

    @Test("compressed content that begins with zeros, as file system images do, is read whole")
    func zeros() throws {
        let image = [UInt8](repeating: 0, count: 2_048) + Array("KEY=\(Samples.token())".utf8)
        for method in [Compressor.Method.gzip, .zstd, .xz, .bzip2] {
            let result = try Samples.inspect(try Compressor.compress(image, method), at: "disk.img.gz")
            #expect(result.findings.map(\.place.offset) == [2_052], "\(method)")
        }
    }

    @Test("one secret in two files of an archive is found in both")
    func twice() throws {
        let secret = Array("KEY=\(Samples.token())".utf8)
        let bytes = try Samples.archive(.storedZip, ("a", secret), ("b", secret))
        #expect(try Samples.inspect(bytes).findings.map(\.place.within) == [["a"], ["b"]])
    }

    @Test("archives are opened to the depth limit, and what lies deeper is a gap")
    func depth() throws {
        var bytes = Array("KEY=\(Samples.token())".utf8)
        for level in (1...7).reversed() {
            bytes = try Samples.archive(.zip, ("level\(level)", bytes))
            let result = try Samples.inspect(bytes)
            let isWithin = level > 1
            #expect(result.findings.count == (isWithin ? 1 : 0), "\(8 - level) levels")
            #expect(result.reasons == (isWithin ? [] : [.depthLimit]), "\(8 - level) levels")
        }
    }

    @Test("a gzip bomb is given up at the ratio limit, and its neighbours are still found")
    func ratio() throws {
        let bomb = try Compressor.compress([UInt8](repeating: 0, count: 100 << 20), .gzip)
        #expect(bomb.count < 1 << 20)
        let result = try Samples.inspect(bomb, at: "bomb.gz")
        #expect(result.reasons == [.ratioLimit])
        let tail = Array("\nKEY=\(Samples.token())\n".utf8)
        let after = try Samples.inspect(bomb + tail, at: "bomb.gz")
        #expect(after.reasons == [.ratioLimit])
        #expect(after.findings.count == 1, "bytes behind what was given up are scanned as stored")
    }

    @Test("an archive that holds more than the size limit is given up, what came before counts")
    func size() throws {
        var limit = ExpansionLimit()
        limit.bytes = 50_000
        let bytes = try Samples.archive(
            .zip, ("first", Array("KEY=\(Samples.token(1))".utf8)), ("large", Samples.filler(60_000)),
            ("last", Array("KEY=\(Samples.token(2))".utf8)))
        let result = try Samples.inspect(bytes, limit: limit)
        #expect(result.reasons == [.sizeLimit])
        #expect(result.findings.map(\.place.within) == [["first"]])
    }

    @Test("limits count all archives of a file together, however they nest")
    func together() throws {
        var limit = ExpansionLimit()
        limit.bytes = 100_000
        let inner = try Samples.archive(.zip, ("x", Samples.filler(60_000)))
        let bytes = try Samples.archive(.zip, ("a.zip", inner), ("b.zip", inner))
        #expect(try Samples.inspect(bytes, limit: limit).reasons.contains(.sizeLimit))
        #expect(try Samples.inspect(inner, limit: limit).reasons.isEmpty)
    }

    @Test("a member under a password is a gap that names it, and the others are read")
    func encrypted() throws {
        guard ProgramRunner.has("zip") else { try Test.cancel("needs zip") }
        let scratch = try ScratchFolder()
        try scratch.write("KEY=\(Samples.token(1))", to: "locked.env")
        try scratch.write("KEY=\(Samples.token(2))", to: "open.env")
        let bytes = try ProgramRunner.output(
            of: "sh",
            ["-c", "zip -qP pw x.zip locked.env && zip -q x.zip open.env && cat x.zip"], in: scratch.path)
        let result = try Samples.inspect(bytes)
        #expect(result.reasons == [.encryptedArchive])
        #expect(result.gaps.first?.detail.contains("locked.env") == true)
        #expect(result.findings.map(\.place.within) == [["open.env"]])
    }

    @Test("what lies behind a broken member of a zip was not seen, and other programs find it")
    func brokenMember() throws {
        var bytes = try Samples.archive(
            .zip, ("first", Samples.filler(2_000)), ("last", Array("KEY=\(Samples.token(2))".utf8)))
        // Behind the header, the name and the extra field; no block of deflated data is of this kind.
        bytes[30 + 5 + Int(bytes[28]) + Int(bytes[29]) << 8] |= 7
        let result = try Samples.inspect(bytes)
        #expect(result.reasons == [.unreadable])
    }

    @Test("an archive cut short is a gap, and what of it is there is read", arguments: [300, 1_000, 20_000])
    func truncated(length: Int) throws {
        var generator = SeededGenerator(seed: 4)
        let bytes = try Samples.archive(
            .zip, ("first", Array("KEY=\(Samples.token(1))".utf8)), ("noise", generator.bytes(30_000)),
            ("last", Array("KEY=\(Samples.token(2))".utf8)))
        let result = try Samples.inspect(Array(bytes.prefix(length)))
        #expect(result.reasons == [.malformedArchive])
        #expect(result.findings.map(\.place.within) == [["first"]])
    }

    @Test("bytes after the end of an archive are scanned as stored")
    func behind() throws {
        for format in [ArchiveWriter.Format.tar, .zip] {
            let bytes = try Samples.archive(format, ("a", Samples.filler(10)))
            let result = try Samples.inspect(bytes + Array("\nKEY=\(Samples.token())\n".utf8))
            #expect(result.findings.map(\.place.within) == [[]])
        }
    }

    @Test(
        "bytes behind the end of a compressed tar stream, which nobody sees, withhold a pass; padding does not"
    )
    func behindCompressed() throws {
        let tar = try Samples.archive(.tar, ("a", Array("KEY=\(Samples.token())".utf8)))
        for method in [Compressor.Method.gzip, .zstd, .xz] {
            let other = try Samples.inspect(try Compressor.compress(tar + Samples.filler(5_000), method))
            #expect(other.gaps.contains { $0.reason.blocksPass }, "\(method)")
            let padded = tar + [UInt8](repeating: 0, count: 300_000)
            let one = try Samples.inspect(try Compressor.compress(padded, method))
            #expect(one.gaps.isEmpty && one.findings.count == 1, "\(method) \(one.gaps)")
        }
    }

    @Test("compressed tar streams one behind the other are all read, as in Alpine's packages")
    func concatenated() throws {
        let first = try Samples.archive(.tar, ("a", Array("KEY=\(Samples.token(1))".utf8)))
        let second = try Samples.archive(.tar, ("b", Array("KEY=\(Samples.token(2))".utf8)))
        for method in [Compressor.Method.gzip, .zstd, .xz] {
            let together = try Samples.inspect(try Compressor.compress(first + second, method))
            let apart = try Samples.inspect(
                try Compressor.compress(first, method) + Compressor.compress(second, method))
            for result in [together, apart] {
                #expect(result.findings.map(\.place.within) == [["a"], ["b"]], "\(method)")
                #expect(result.gaps.isEmpty, "\(method)")
            }
        }
    }

    @Test("what looks like an archive and is none is a gap, and scanned as it is")
    func disguised() throws {
        for magic: [UInt8] in [[0x50, 0x4b, 3, 4], [0x1f, 0x8b, 8, 0], [0x28, 0xb5, 0x2f, 0xfd]] {
            let result = try Samples.inspect(magic + Array("\n\n\n\nKEY=\(Samples.token())\n".utf8))
            #expect(result.gaps.count == 1, "\(magic) \(result)")
            #expect(result.findings.count == 1)
        }
    }

    @Test(
        "an archive that is not opened is a gap that withholds a pass",
        arguments: [
            // The headers of real ones: 7z, RAR of both versions, squashfs.
            [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4], [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x00],
            [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x01, 0x00],
            Array("hsqs".utf8) + Array(repeating: 1, count: 24) + [4, 0, 0, 0],
            // Of XFS, EROFS and ISO 9660, of disk images and a cabinet.
            Array("XFSB".utf8) + [0, 0], Array(repeating: 0, count: 0x400) + [0xe2, 0xe1, 0xf5, 0xe0],
            Array(repeating: 0, count: 0x8000) + [1] + Array("CD001".utf8) + [1],
            Array("QFI".utf8) + [0xfb, 0, 0, 0, 3], Array("vhdxfile".utf8),
            Array("MSCF".utf8) + [0, 0, 0, 0],
        ] as [[UInt8]])
    func closed(header: [UInt8]) throws {
        let result = try Samples.inspect(header + Samples.filler(200))
        #expect(result.gaps.contains { $0.reason.blocksPass }, "\(result.gaps)")
    }

    @Test(
        "what only begins like the name of an archive is none",
        arguments: ["Rar! said the bear", "hsqs = 4\n", "XFSB is", "MSCF is"])
    func words(text: String) throws {
        let result = try Samples.inspect(Array(text.utf8) + Samples.filler(200))
        #expect(result.gaps.isEmpty, "\(result.gaps)")
    }

    @Test(
        "a zip member compressed in a way that we do not read is a gap that withholds a pass",
        arguments: [UInt8(97), 99, 200])
    func unknownMethod(method: UInt8) throws {
        var bytes = try Samples.archive(
            .zip, ("a", Samples.filler(300)), ("b", Array("KEY=\(Samples.token())".utf8)))
        bytes[8] = method
        let result = try Samples.inspect(bytes)
        #expect(result.gaps.contains { $0.reason.blocksPass })
        #expect(result.findings.map(\.place.within) == [["b"]], "the members behind it are read")
    }

    @Test("a secret is found wherever it lies in a file of several windows: across a border, in the tail")
    func windows() throws {
        let window = 1 << 20
        let overlap = ImageScanner.overlap
        let size = 3 * window + 12_345
        let token = Array("\n\(Samples.token())\n".utf8)
        for offset in [0, window + overlap - 10, 2 * window + overlap - 3, size - token.count] {
            var bytes = Samples.filler(size)
            bytes.replaceSubrange(offset..<offset + token.count, with: token)
            let findings = try Samples.inspect(bytes).findings
            #expect(findings.map(\.place.offset) == [offset + 1])
            #expect(findings.first?.place.line == bytes[...offset].count { $0 == 0x0a } + 1)
        }
    }

    @Test("the same inspector reads one file after another without mixing them up")
    func inARow() throws {
        let inspection = FileInspection(detectors: Samples.detectors)
        let zip = try Samples.archive(.zip, ("in", Array("KEY=\(Samples.token())".utf8)))
        for content in [
            zip, Samples.filler(10), [], zip, Array(zip.prefix(40)), Array("KEY=\(Samples.token(2))".utf8),
        ] {
            let entry = FileEntry(
                path: EntryPath("f"), kind: .file, size: content.count, mode: 0o644, owner: 0, group: 0)
            let result = try inspection.inspect(entry, content: MemoryByteSource(content))
            #expect(result.findings == (try Samples.inspect(content, at: "f")).findings)
        }
    }

    @Test(
        "an archive behind a script is opened, as in executable jars",
        arguments: [ArchiveWriter.Format.zip, .tar])
    func behindScript(format: ArchiveWriter.Format) throws {
        let archive = try Samples.archive(format, ("BOOT-INF/key.env", Array("x=\(Samples.token())".utf8)))
        let stored = format == .tar ? try Compressor.compress(archive, .gzip) : archive
        let script = Array("#!/bin/sh\nexec java -jar \"$0\"\n".utf8)
        let result = try Samples.inspect(script + stored, at: "srv/app.jar")
        #expect(result.findings.map(\.place.within.last) == ["BOOT-INF/key.env"])
        #expect(result.gaps.isEmpty)
    }

    @Test("a script without an archive is no archive")
    func plainScript() throws {
        let result = try Samples.inspect(Array("#!/bin/sh\necho PK\n".utf8) + Samples.filler(5_000))
        #expect(result.findings.isEmpty && result.gaps.isEmpty)
    }

    @Test("a zip behind a short mark is opened, as in Java's modules")
    func behindMark() throws {
        let archive = try Samples.archive(.zip, ("classes/key.env", Array("x=\(Samples.token())".utf8)))
        let result = try Samples.inspect(Array("JM".utf8) + [1, 0] + archive, at: "jmods/a.jmod")
        #expect(result.findings.map(\.place.within.last) == ["classes/key.env"])
        #expect(result.gaps.isEmpty)
    }
}
