import Archives
import Detection
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What is compressed in the middle of programs: files that were embedded, and what PyInstaller packs.
struct ProgramStreamTests {
    private static func text(_ token: String = Samples.token()) -> [UInt8] {
        Samples.filler(300).filter { $0 < 0x80 } + Array("\nKEY=\(token)\n".utf8)
    }

    private static func gzip(_ content: [UInt8]) throws -> [UInt8] {
        try Compressor.compress(content, .gzip)
    }

    /// A program of Linux that loads `loaded`, has one section with `rest` behind that, and is all there is.
    private static func program(loaded: [UInt8] = [], _ rest: [UInt8] = []) -> [UInt8] {
        let size = 64 + 56 + loaded.count
        var bytes: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
        bytes +=
            Samples.little(2, 2) + Samples.little(62, 2) + Samples.little(1, 4) + Samples.little(0, 8)
            + Samples.little(64, 8)
        bytes +=
            Samples.little(size + rest.count, 8) + Samples.little(0, 4) + Samples.little(64, 2)
            + Samples.little(56, 2) + Samples.little(1, 2)
        bytes += Samples.little(64, 2) + Samples.little(1, 2) + Samples.little(0, 2)
        bytes +=
            Samples.little(1, 4) + Samples.little(5, 4) + Samples.little(0, 24) + Samples.little(size, 8)
            + Samples.little(size, 8)
        bytes += Samples.little(4_096, 8) + loaded + rest
        return bytes + Samples.little(0, 4) + Samples.little(1, 4) + Samples.little(0, 16)
            + Samples.little(size, 8) + Samples.little(rest.count, 8)
            + Samples.little(0, 24)
    }

    private static func found(_ content: [UInt8]) throws -> [[String]] {
        let result = try Samples.inspect(content, at: "srv/app")
        #expect(result.gaps.isEmpty, "\(result.gaps)")
        return result.findings.map(\.place.within)
    }

    @Test(
        "gzip streams among what a program loads are opened, each where it begins", arguments: [0, 3 << 20])
    func embedded(before: Int) throws {
        let streams = [try Self.gzip(Self.text()), try Self.gzip(Self.text(Samples.token(2)))]
        let start = 120 + before
        let content = Samples.filler(before) + streams[0] + Samples.filler(500) + streams[1] + [1, 2, 3]
        let expected = [start, start + streams[0].count + 500].map { ["gzip stream at byte \($0)"] }
        #expect(try Self.found(Self.program(loaded: content)) == expected)
        #expect(
            try Self.found([0xcf, 0xfa, 0xed, 0xfe] + Samples.filler(200) + streams[0] + [1, 2, 3])
                == [["gzip stream at byte 204"]])
    }

    @Test("an archive in such a stream is opened as well")
    func archive() throws {
        let tar = try Samples.archive(.tar, ("a", Samples.filler(3_000)), ("key.env", Self.text()))
        let found = try Self.found(Self.program(loaded: try Self.gzip(tar) + [7]))
        #expect(found == [["gzip stream at byte 120", "key.env"]])
    }

    @Test("of a stream in a program that is cut or broken all is looked at that there is, and it is told of")
    func broken() throws {
        let noise = Samples.noise(100_000)
        let stream = try Self.gzip(Self.text() + noise)
        let cut = Array(stream.prefix(50_000)) + [UInt8](repeating: 0xff, count: 4_000)
        let result = try Samples.inspect(Self.program(loaded: cut), at: "srv/app")
        #expect(result.findings.count == 1)
        #expect(result.gaps.map(\.reason) == [.malformedArchive])
    }

    @Test("what looks like the start of a stream in a program is none of its own accord, and hides nothing")
    func chance() throws {
        let mark: [UInt8] = [0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0xff]
        #expect(try Self.found(Self.program(loaded: mark + Samples.noise(5_000))).isEmpty)
        let marks = [[UInt8]](repeating: mark + [0xff, 0xff], count: 200).flatMap(\.self)
        let stream = try Self.gzip(Self.text())
        #expect(try Self.found(Self.program(loaded: marks + stream)).count == 1)
        // A name without an end may be longer than one can go back.
        let endless = mark[..<3] + [8] + mark[4...] + [UInt8](repeating: 0x41, count: 3 << 20)
        let result = try Samples.inspect(Self.program(loaded: endless + stream), at: "srv/app")
        #expect(result.findings.count == 1 || result.gaps.contains { $0.reason.blocksPass })
    }

    @Test(
        "zlib streams that follow each other in what a program does not load are opened, however short they are"
    )
    func modules() throws {
        let tokens = (1...40).map { Samples.token($0) }
        let streams = try Samples.zlib(tokens.map { Array("k='\($0)'".utf8) })
        let pieces = streams + [try Samples.zlib([]), try Samples.zlib(Self.text(Samples.token(41)))]
        let content = Array("PYZ\0".utf8) + Samples.noise(13) + pieces.flatMap(\.self) + [1, 2, 3]
        #expect(try Self.found(Self.program(content)).count == 41)
        let windows = Array("MZ".utf8) + [UInt8](repeating: 0, count: 510) + content
        #expect(try Self.found(windows).count == 41)
        #expect(try Self.found(Self.program(loaded: content)).isEmpty)
    }

    /// What PyInstaller appends to a program: parts, their table and where to find it.
    private static func packed(_ parts: [(name: String, content: [UInt8], isCompressed: Bool)]) -> [UInt8] {
        var data: [UInt8] = []
        var table: [UInt8] = []
        for (name, content, isCompressed) in parts {
            let padded = Array(name.utf8) + [UInt8](repeating: 0, count: 16 - (name.utf8.count + 2) % 16)
            table += Samples.big(18 + padded.count, 4) + Samples.big(data.count, 4)
            table +=
                Samples.big(content.count, 4) + Samples.big(500, 4) + [isCompressed ? 1 : 0, 0x6d] + padded
            data += content
        }
        let mark: [UInt8] = [0x4d, 0x45, 0x49, 0x0c, 0x0b, 0x0a, 0x0b, 0x0e]
        return data + table + mark + Samples.big(data.count + table.count + 88, 4)
            + Samples.big(data.count, 4)
            + Samples.big(table.count, 4) + Samples.big(311, 4) + [UInt8](repeating: 0, count: 64)
    }

    @Test("the parts of a program that PyInstaller made are told of by their names")
    func named() throws {
        let streams = try Samples.zlib([Self.text(), Samples.filler(5_000), Self.text(Samples.token(2))])
        let archive = Self.packed([
            ("option", [], false), ("first", streams[0], true),
            ("PYZ", Array("PYZ\0".utf8) + streams[1], false),
            ("conf/.env", streams[2], true),
        ])
        for program in [Self.program(archive), Self.program() + archive] {
            let result = try Samples.inspect(program, at: "srv/app")
            #expect(Set(result.findings.map(\.place.within)) == [["first"], ["conf/.env"]])
        }
    }

    @Test("a part that a program's table speaks of and that was not opened withholds a pass")
    func missing() throws {
        let streams = try Samples.zlib([Self.text(), Samples.noise(5_000)])
        let broken = streams[1].prefix(2_000) + [UInt8](repeating: 0xff, count: 3_000)
        let archive = Self.packed([("first", streams[0], true), ("second", Array(broken), true)])
        let result = try Samples.inspect(Self.program(archive), at: "srv/app")
        #expect(result.findings.map(\.place.within) == [["first"]])
        #expect(result.reasons.contains { $0.blocksPass })
        var random = SeededGenerator(seed: 9)
        for _ in 0..<100 {
            var bytes = Self.program(archive)
            for _ in 0..<3 {
                let place = Int.random(in: (bytes.count - 300)..<bytes.count, using: &random)
                bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
            #expect(try Samples.inspect(bytes, at: "srv/app").findings.count == 1)
        }
    }

    @Test("a program in such a stream is looked at as one, and what it loads by chance is no stream")
    func inner() throws {
        let inner = Self.program(
            loaded: Samples.noise(3 << 20), try Samples.zlib(Self.text()))
        let content = try Samples.zlib(inner)
        #expect(
            try Self.found(Self.program(content))
                == [["zlib stream at byte 120", "zlib stream at byte \(120 + (3 << 20))"]])
    }

    @Test("streams that are cut or changed never trap or hang")
    func damage() throws {
        let streams = try Samples.zlib((1...5).map { Self.text(Samples.token($0)) })
        let whole = Self.program(loaded: try Self.gzip(Self.text()), streams.flatMap(\.self))
        var random = SeededGenerator(seed: 5)
        for _ in 0..<150 {
            var bytes = whole
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            let cut = Array(bytes.prefix(Int.random(in: 100...bytes.count, using: &random)))
            _ = try Samples.inspect(cut, at: "srv/app")
        }
    }

    @Test("starts without end are given up, which withholds a pass")
    func crowd() throws {
        let start: [UInt8] = [0x78, 0x9c, 0x4b, 0x04, 0x01, 0xff]
        let starts = [[UInt8]](repeating: start, count: 60_000).flatMap(\.self)
        let result = try Samples.inspect(Self.program(starts), at: "srv/app")
        #expect(result.gaps.map(\.reason) == [.sizeLimit])
    }
}
