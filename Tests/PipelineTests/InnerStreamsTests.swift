import Archives
import Detection
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What stands compressed in the middle of pictures, documents and programs.
struct InnerStreamsTests {
    private static let text =
        Samples.filler(300).filter { $0 < 0x80 } + Array("\nKEY=\(Samples.token())\n".utf8)

    private static func number(_ value: Int, _ length: Int, isBig: Bool = true) -> [UInt8] {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return isBig ? bytes.reversed() : bytes
    }

    private static func picture(_ chunks: (type: String, content: [UInt8])...) -> [UInt8] {
        let all = [("IHDR", [UInt8](repeating: 1, count: 13))] + chunks + [("IEND", [])]
        var bytes: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
        for (type, content) in all {
            bytes += number(content.count, 4)
            bytes += Array(type.utf8) + content
            bytes += number(0, 4)
        }
        return bytes
    }

    private static func document(_ streams: (dictionary: String, content: [UInt8])...) -> [UInt8] {
        var bytes = Array("%PDF-1.7\n".utf8)
        for (index, stream) in streams.enumerated() {
            let dictionary = "<</Length \(stream.content.count) \(stream.dictionary)>>"
            bytes += Array("\(index + 1) 0 obj\n\(dictionary)\nstream\r\n".utf8)
            bytes += stream.content + Array("\nendstream\nendobj\n".utf8)
        }
        return bytes
    }

    /// A program of which the first `loaded` bytes are loaded.
    private static func program(loaded: Int, _ rest: [UInt8]) -> [UInt8] {
        var header: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
        header += [2, 0, 62, 0, 1, 0, 0, 0] + number(0, 8) + number(64, 8, isBig: false) + number(0, 8)
        header += number(0, 4) + [64, 0, 56, 0, 1, 0, 64, 0, 0, 0, 0, 0]
        header += [1, 0, 0, 0, 5, 0, 0, 0] + number(0, 8) + number(0, 8) + number(0, 8)
        header += number(loaded, 8, isBig: false) + number(loaded, 8) + number(4096, 8)
        return header + [UInt8](repeating: 0x78, count: loaded - header.count) + rest
    }

    private static func section(_ size: Int, _ stream: [UInt8], _ method: UInt8 = 1) -> [UInt8] {
        let header = [method, 0, 0, 0, 0, 0, 0, 0] + number(size, 8, isBig: false)
        return header + number(1, 8, isBig: false) + stream
    }

    private static func found(_ content: [UInt8]) throws -> [[String]] {
        let result = try Samples.inspect(content)
        #expect(result.gaps.isEmpty)
        return result.findings.map(\.place.within)
    }

    @Test("compressed text of a picture is looked at, wherever it stands", arguments: [0, 3 << 20])
    func pictures(before: Int) throws {
        let stream = try Samples.zlib(Self.text)
        let pixels = Samples.filler(before)
        let place = before == 0 ? 0 : 12 + before
        #expect(
            try Self.found(Self.picture(("zTXt", Array("Comment\0\0".utf8) + stream)))
                == [["PNG text at byte \(33 + 8 + 9)"]])
        for texts in [[("IDAT", pixels)], []] where before > 0 || texts.isEmpty {
            let chunks = texts + [("iTXt", Array("Comment\0\u{1}\0en\0Notiz\0".utf8) + stream)]
            let bytes = chunks.count == 2 ? Self.picture(chunks[0], chunks[1]) : Self.picture(chunks[0])
            let start = 33 + (chunks.count == 2 ? place : 0) + 8 + 19
            #expect(try Self.found(bytes) == [["PNG text at byte \(start)"]])
        }
        let plain = Array("Comment\0\0\0\0\0".utf8) + Self.text
        #expect(try Self.found(Self.picture(("iTXt", plain))) == [[]])
    }

    @Test("streams of a document are looked at, but for its pictures", arguments: [0, 3 << 20])
    func documents(before: Int) throws {
        let stream = try Samples.zlib(Self.text)
        let first = try Samples.zlib(Samples.noise(before))
        let bytes = Self.document(
            ("", Samples.filler(200)), ("/Filter/FlateDecode", first), ("/Filter/FlateDecode", stream))
        let start = bytes.count - stream.count - "\nendstream\nendobj\n".utf8.count
        #expect(try Self.found(bytes) == [["PDF stream at byte \(start)"]])
        let picture = "/Subtype /Image /Width 9 /Height 9 /Filter /FlateDecode"
        #expect(try Self.found(Self.document((picture, stream))).isEmpty)
        #expect(try Self.found(Self.document((picture, first), ("", stream))).count == 1)
    }

    @Test("compressed sections of a program are looked at, and what is appended to it as well")
    func programs() throws {
        let stream = try Samples.zlib(Self.text)
        let other = try Samples.zlib(Samples.filler(5_000))
        let sections = Self.section(5_000, other) + Self.section(Self.text.count, stream)
        let bytes = Self.program(loaded: 4_096, sections)
        let start = bytes.count - stream.count
        #expect(try Self.found(bytes) == [["compressed section at byte \(start)"]])
        let gnu = Self.program(loaded: 4_096, Array("ZLIB".utf8) + Self.number(Self.text.count, 8) + stream)
        #expect(try Self.found(gnu).count == 1)
        let zip = try Samples.archive(.zip, ("inner", Self.text))
        #expect(try Self.found(Self.program(loaded: 4_096, Self.section(5_000, other) + zip)) == [["inner"]])
        // What is loaded to run it has constants of any kind.
        let whole = Self.program(loaded: 1 << 20, [])
        let loaded = whole[..<500_000] + stream + whole[(500_000 + stream.count)...]
        #expect(try Self.found(Array(loaded)).isEmpty)
    }

    @Test("a section that is compressed with zstd is looked at")
    func zstd() throws {
        guard ProgramRunner.has("zstd") else { try Test.cancel("needs the zstd program") }
        let stream = try ProgramRunner.output(of: "zstd", ["-c"], input: Self.text)
        let bytes = Self.program(
            loaded: 4_096, Self.section(Self.text.count, stream, 2) + Samples.filler(500))
        #expect(try Self.found(bytes) == [["compressed section at byte \(4_096 + 24)"]])
    }

    @Test("what breaks is looked at as far as it goes, and withholds nothing")
    func broken() throws {
        let stream = try Samples.zlib(Self.text + Samples.noise(100_000))
        let cut = Array(stream.prefix(stream.count / 2)) + [UInt8](repeating: 0xff, count: 4_000)
        for bytes in [
            Self.picture(("zTXt", Array("Comment\0\0".utf8) + cut)), Self.document(("", cut)),
            Self.program(loaded: 4_096, Self.section(9, cut)),
        ] {
            let result = try Samples.inspect(bytes)
            #expect(result.findings.count == 1)
            #expect(result.gaps.map(\.reason) == [.malformedArchive])
        }
        let chance = Self.document(("", [0x78, 0x9c] + Samples.filler(5_000)))
        #expect(try Samples.inspect(chance).gaps.isEmpty)
    }

    @Test("a stream that expands without end is one gap")
    func bomb() throws {
        let stream = try Samples.zlib([UInt8](repeating: 0x61, count: 9 << 20))
        var limit = ExpansionLimit()
        limit.bytes = 8 << 20
        let result = try Samples.inspect(Self.document(("", stream), ("", stream)), limit: limit)
        #expect(result.gaps.map(\.reason) == [.sizeLimit])
    }
}
