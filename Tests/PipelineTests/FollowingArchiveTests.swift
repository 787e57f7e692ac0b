import Archives
import Detection
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What stands behind the end of an archive that is stored as it is, or behind what is broken in one.
struct FollowingArchiveTests {
    private static let secret = Array("x=\(Samples.token())\n".utf8)

    private static func compressed(_ method: Compressor.Method = .gzip) throws -> [UInt8] {
        try Compressor.compress(secret, method)
    }

    private static func archive(_ format: ArchiveWriter.Format) throws -> [UInt8] {
        try Samples.archive(format, ("a.txt", Array("hi".utf8)))
    }

    /// Two members as `cpio` writes them, the second being its mark of the end.
    private static func cpio(_ name: String, _ content: [UInt8]) -> [UInt8] {
        func member(_ name: String, _ content: [UInt8]) -> [UInt8] {
            let fields = [1, 0o100644, 0, 0, 1, 0, content.count, 0, 0, 0, 0, name.utf8.count + 1, 0]
            let digits = fields.map {
                let text = String($0, radix: 16, uppercase: true)
                return String(repeating: "0", count: 8 - text.count) + text
            }
            var bytes = Array("070701\(digits.joined())\(name)\0".utf8)
            while !bytes.count.isMultiple(of: 4) { bytes.append(0) }
            bytes += content
            while !bytes.count.isMultiple(of: 4) { bytes.append(0) }
            return bytes
        }
        return member(name, content) + member("TRAILER!!!", [])
    }

    @Test("an archive behind the end of a tar stream or a zip is opened", arguments: [0, 700, 3 << 20])
    func following(zeros: Int) throws {
        let padding = [UInt8](repeating: 0, count: zeros)
        let member = ("s.gz", try Self.compressed())
        for first in [try Self.archive(.tar), try Self.archive(.zip), Self.cpio("a.txt", [0x68])] {
            for next in [try Samples.archive(.tar, member), try Samples.archive(.zip, member)] {
                let found = try Samples.inspect(first + padding + next, at: "opt/b").findings
                #expect(found.map(\.place.within) == [["s.gz", "s"]])
            }
            let result = try Samples.inspect(first + padding + (try Self.compressed()), at: "opt/b.x")
            #expect(result.findings.map(\.place.within) == [["b"]])
            // Beyond the last 64 KiB nobody looks for the end of a zip, whatever follows it.
            let isFound = zeros < 64 << 10 || !first.starts(with: Array("PK".utf8))
            #expect(result.reasons == (isFound ? [] : [.unsupported]), "\(result.gaps)")
        }
    }

    @Test("three tar streams and more behind each other are opened, as tar does when told to read on")
    func many() throws {
        let plain = try Self.archive(.tar)
        let last = try Samples.archive(.tar, ("s.gz", try Self.compressed()))
        let result = try Samples.inspect((0..<20).flatMap { _ in plain } + last, at: "opt/b.tar")
        #expect(result.findings.map(\.place.within) == [["s.gz", "s"]])
        #expect(result.gaps.isEmpty, "\(result.gaps)")
    }

    @Test("an archive that begins where reading ahead crosses into the next window is opened all the same")
    func border() throws {
        for size in stride(from: (1 << 20) - 100_000, through: (1 << 20) + 40_000, by: 20_480) {
            let first = try Samples.archive(.tar, ("a.txt", Samples.filler(size)))
            let result = try Samples.inspect(first + (try Self.compressed()) + Samples.filler(200_000))
            #expect(result.reasons.contains(.unreadable))
            let whole = try Samples.inspect(first + (try Self.compressed()))
            #expect(whole.findings.count == 1 && whole.gaps.isEmpty)
        }
    }

    @Test("bytes behind the end that are no archive withhold a pass, unless they are text or zeros")
    func otherBytes() throws {
        let marks = [UInt8](repeating: 0xc3, count: 12)
        let other = marks + Samples.filler(2_000)
        let zeros = [UInt8](repeating: 0, count: 9_000)
        for archive in [try Self.archive(.tar), try Self.archive(.zip), Self.cpio("a", [1])] {
            #expect(try Samples.inspect(archive + other).reasons == [.unsupported])
            #expect(
                try Samples.inspect(archive + Samples.filler(3 << 20) + marks).reasons.contains(.unsupported))
            #expect(try Samples.inspect(archive + marks.dropLast()).gaps.isEmpty)
            #expect(try Samples.inspect(archive + Samples.filler(2_000)).gaps.isEmpty)
            #expect(try Samples.inspect(archive + zeros + Samples.filler(40) + zeros).gaps.isEmpty)
            let text = try Samples.inspect(archive + Self.secret)
            #expect(text.findings.count == 1 && text.gaps.isEmpty)
        }
    }

    @Test("a zip in the comment of another, by whose table programs go, is opened")
    func comment() throws {
        let outer = try Self.archive(.zip)
        var inner = try Samples.archive(.zip, ("key.env", Self.secret))
        let table = try #require(Self.place(of: [0x50, 0x4b, 1, 2], in: outer))
        let end = try #require(Self.place(of: [0x50, 0x4b, 5, 6], in: inner))
        // The last record says that its table begins where that of the first zip does.
        let length = outer.count + end - table
        for index in 0..<4 { inner[end + 12 + index] = UInt8(length >> (8 * index) & 0xff) }
        var whole = outer
        whole[outer.count - 2] = UInt8(inner.count & 0xff)
        whole[outer.count - 1] = UInt8(inner.count >> 8)
        let result = try Samples.inspect(whole + inner, at: "opt/x.zip")
        #expect(result.findings.map(\.place.within) == [["key.env"]])
    }

    private static func place(of mark: [UInt8], in bytes: [UInt8]) -> Int? {
        bytes.indices.first { bytes[$0...].starts(with: mark) }
    }

    @Test("what stands behind a broken header of a tar stream, or of another archive, is opened")
    func broken() throws {
        let member = try Samples.archive(.tar, ("s.gz", try Self.compressed()))
        var first = try Samples.archive(.tar, ("good.txt", Samples.filler(600)))
        first.removeLast(first.count - 1_536)
        let header = [UInt8](repeating: 0x58, count: 5) + first[5..<512]
        let result = try Samples.inspect(first + header + member, at: "opt/b.tar")
        #expect(result.findings.map(\.place.within) == [["s.gz", "s"]])
        #expect(result.reasons == [.malformedArchive])

        let head = "!<arch>\na.txt/          0           0     0     100644  2         `\nhi"
        let gzip = try Self.compressed()
        let ar = try Samples.inspect(Array(head.utf8) + Array("no header at all\n".utf8) + gzip, at: "b.a")
        #expect(ar.findings.map(\.place.within) == [["b"]])
        let cpio = Self.cpio("a", [1]).prefix(116) + Samples.filler(99) + Self.cpio("s.gz", gzip)
        #expect(
            try Samples.inspect(Array(cpio), at: "b.cpio").findings.map(\.place.within) == [["s.gz", "s"]])
    }

    @Test("a broken archive behind which nothing begins that is opened withholds no pass")
    func brokenAlone() throws {
        let first = try Samples.archive(.tar, ("good.txt", Samples.filler(512)))
        let rest = [UInt8](repeating: 0x58, count: 512) + Samples.filler(4_000) + [0xff, 0x01]
        let result = try Samples.inspect(first.prefix(1_024) + rest, at: "opt/b.tar")
        #expect(result.reasons == [.malformedArchive])
    }

    @Test("more that looks like archives than is tried withholds a pass")
    func decoys() throws {
        let decoy = Array("PK".utf8) + [3, 4, 20, 0, 0, 0, 8, 0] + [UInt8](repeating: 1, count: 40)
        let gzip = try Self.compressed()
        let script = Array("#!/bin/sh\nexit 0\n".utf8) + Samples.filler(1_100_000)
        let few = try Samples.inspect(script + (0..<90).flatMap { _ in decoy } + gzip, at: "opt/x")
        #expect(few.findings.count == 1 && few.gaps.isEmpty, "\(few.gaps)")
        let many = try Samples.inspect(script + (0..<120).flatMap { _ in decoy } + gzip, at: "opt/x")
        #expect(many.reasons == [.sizeLimit])
        let tar = try Self.archive(.tar)
        let behind = try Samples.inspect(tar + (0..<120).flatMap { _ in decoy } + gzip, at: "opt/x")
        #expect(behind.reasons.contains(.sizeLimit))
    }

    @Test("a stream behind a false start of a zip in a short script is opened")
    func falseStart() throws {
        let decoy = Array("PK".utf8) + [3, 4, 20, 0, 0, 0, 8, 0] + [UInt8](repeating: 1, count: 40)
        let script = Array("#!/bin/sh\nexit 0\n".utf8) + decoy + (try Self.compressed())
        #expect(try Samples.inspect(script, at: "opt/x").findings.count == 1)
    }

    @Test("each of several zlib streams is opened, and what follows them as well")
    func zlibStreams() throws {
        func zlib(_ content: [UInt8]) throws -> [UInt8] {
            let code = "import sys, zlib; sys.stdout.buffer.write(zlib.compress(sys.stdin.buffer.read()))"
            return try ProgramRunner.output(of: "python3", ["-c", code], input: content)
        }
        let first = try zlib(Samples.filler(200))
        let second = try zlib(Self.secret)
        for streams in [second, first + second, first + first + second + first] {
            let result = try Samples.inspect(streams, at: "opt/a.z")
            #expect(result.findings.count == 1 && result.gaps.isEmpty, "\(result.gaps)")
        }
        let mixed = try Samples.inspect(first + (try Self.compressed()), at: "opt/a.z")
        #expect(mixed.findings.count == 1 && mixed.gaps.isEmpty, "\(mixed.gaps)")
        #expect(try Samples.inspect(first + [UInt8](repeating: 1, count: 12)).reasons == [.unsupported])
        #expect(try Samples.inspect(first + second.dropLast(3)).reasons == [.unreadable])
        #expect(try Samples.inspect(first + Samples.filler(30)).gaps.isEmpty)
        let many = (0..<1_001).flatMap { _ in [0x78, 0x9c, 3, 0, 0, 0, 0, 1] as [UInt8] }
        #expect(try Samples.inspect(many + second).reasons == [.sizeLimit])
    }
}
