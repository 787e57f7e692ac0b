import Archives
import Detection
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What stands compressed in modules that Erlang and Elixir compiled, and in the revisions that Mercurial keeps.
struct PackedModuleTests {
    private static let text = Samples.filler(300) + Array("\nKEY=\(Samples.token())\n".utf8)

    private static func module(_ chunks: (type: String, content: [UInt8])...) -> [UInt8] {
        var body = Array("BEAM".utf8)
        for (type, content) in [("AtU8", [0, 0, 0, 1, 1, 0x61])] + chunks {
            body += Array(type.utf8) + Samples.big(content.count, 4) + content
            body += [UInt8](repeating: 0, count: (4 - content.count % 4) % 4)
        }
        return Array("FOR1".utf8) + Samples.big(body.count, 4) + body
    }

    private static func literals() throws -> [UInt8] {
        Samples.big(text.count, 4) + (try Samples.zlib(text))
    }

    @Test("compressed literals and terms of a compiled Erlang module are looked at", arguments: [0, 3 << 20])
    func erlang(before: Int) throws {
        let code = ("Code", Samples.filler(before + 3))
        let literals = ("LitT", try Self.literals())
        let term = ("Dbgi", [0x83, 0x50] + (try Self.literals()))
        for chunk in [literals, term] {
            let result = try Samples.inspect(Self.module(code, chunk, ("Line", [1])), at: "ebin/a.beam")
            #expect(result.gaps.isEmpty)
            #expect(result.findings.count == 1)
            #expect(result.findings.first?.place.within.first?.hasPrefix("BEAM literals at byte ") == true)
        }
        let plain = ("LitT", Samples.big(0, 4) + Self.text)
        #expect(try Samples.inspect(Self.module(code, plain)).findings.map(\.place.within) == [[]])
    }

    private static func revision(_ chunk: [UInt8], length: Int? = nil, at place: Int) -> [UInt8] {
        let start = place == 0 ? [0, 3, 0, 1, 0, 0, 0, 0] : Samples.big(place, 6) + [0, 0]
        return start + Samples.big(length ?? chunk.count, 4) + Samples.big(500, 4) + Samples.big(0, 4)
            + Samples.big(0, 4) + [UInt8](repeating: 0xff, count: 8) + [UInt8](repeating: 7, count: 20)
            + [UInt8](repeating: 0, count: 12) + chunk
    }

    private static func log(_ chunks: [[UInt8]]) -> [UInt8] {
        var place = 0
        return chunks.flatMap { chunk in
            defer { place += max(1, chunk.count) }
            return revision(chunk, at: place)
        }
    }

    @Test("each revision in a Mercurial repository is looked at as the file it is of, however it is stored")
    func mercurial() throws {
        let texts = (1...4 as ClosedRange<UInt64>).map {
            Samples.filler(200) + Array(" \(Samples.token($0)) ".utf8)
        }
        let streams = try Samples.zlib([texts[0], texts[1]])
        var chunks = [streams[0], [], [UInt8(ascii: "u")] + texts[2], [0] + texts[3], streams[1]]
        var count = 4
        if ProgramRunner.has("zstd") {
            let text = Samples.filler(200) + Array(" \(Samples.token(5)) ".utf8)
            chunks.append(try ProgramRunner.output(of: "zstd", ["-c"], input: text))
            count += 1
        }
        chunks.append([UInt8(ascii: "u")] + Samples.filler(3 << 20))
        let result = try Samples.inspect(Self.log(chunks), at: "src/.hg/store/data/~2e_e_nv.i")
        #expect(result.gaps.isEmpty, "\(result.gaps)")
        #expect(result.findings.count == count)
        #expect(
            Set(result.findings.compactMap { $0.place.within.first?.split(separator: "/").last }) == [".ENv"])
    }

    @Test("a revision that is broken or cut withholds a pass, and the others are looked at")
    func broken() throws {
        let streams = try Samples.zlib([Self.text, Samples.noise(5_000)])
        let log = Self.log([Array(streams[1].prefix(3_000)), streams[0]])
        let result = try Samples.inspect(log, at: "a.i")
        #expect(result.findings.count == 1)
        #expect(result.reasons == [.unreadable])
        let endless = Self.log([streams[0]]) + Self.revision([UInt8(ascii: "u")], length: 1 << 30, at: 9)
        #expect(try Samples.inspect(endless, at: "a.i").reasons == [.unreadable])
        #expect(
            try Samples.inspect(Array(log.dropLast(log.count - 80)), at: "a.i").reasons.allSatisfy(
                \.blocksPass))
    }

    @Test("a module or a log that is cut or changed never traps or hangs")
    func damage() throws {
        let module = Self.module(
            ("LitT", try Self.literals()), ("Dbgi", [0x83, 0x50] + (try Self.literals())))
        let log = Self.log([try Samples.zlib(Self.text), [0x75] + Self.text, try Samples.zlib(Self.text)])
        var random = SeededGenerator(seed: 5)
        for whole in [module, log] {
            for _ in 0..<100 {
                var bytes = whole
                for _ in 0..<Int.random(in: 0...6, using: &random) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                        in: 0...255, using: &random)
                }
                _ = try Samples.inspect(Array(bytes.prefix(Int.random(in: 1...bytes.count, using: &random))))
            }
        }
    }
}
