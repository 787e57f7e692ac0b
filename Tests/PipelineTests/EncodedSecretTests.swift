import Archives
import Cryptography
import Detection
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Encoded secrets in the places that only the pipeline opens.
struct EncodedSecretTests {
    private static let token = Samples.token()
    private static let encoded = Array(
        "kind: Secret\ndata: \(Base64.encode(Array("TOKEN=\(token)\n".utf8)))\n".utf8)

    @Test("a secret in base64 in an archive is named with every step", arguments: [false, true])
    func archive(compressed: Bool) throws {
        let zip = try Samples.archive(.zip, ("deploy/secret.yaml", Self.encoded))
        let content = compressed ? try Compressor.compress(zip, .gzip) : zip
        let findings = try Samples.inspect(content, at: compressed ? "srv/a.zip.gz" : "srv/a.zip").findings
        #expect(
            findings.map(\.place.within) == [
                (compressed ? ["a.zip"] : []) + ["deploy/secret.yaml", "base64"]
            ])
        #expect(findings.map(\.place.offset) == [27])
        #expect(findings.map(\.place.line) == [2])
    }

    @Test("a secret in base64 in a tar member's name is named as such")
    func memberName() throws {
        var tar = RawTar()
        tar.add("x/\(Base64.encode(Array(Self.token.utf8)))".utf8, [1])
        tar.end()
        let findings = try Samples.inspect(tar.bytes, at: "srv/a.tar").findings
        #expect(findings.map { $0.place.within.suffix(2) } == [["file name", "base64"]])
    }

    @Test("evidence tells of metadata how a secret stands in it")
    func metadata() async throws {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.runtime.labels["note"] = Base64.encode(Array("a note: \(Self.token)".utf8))
        var layer = LayerBuilder()
        layer.file("etc/motd", "hello\n")
        image.layer(layer, createdBy: "COPY . /")
        let evidence = try await Samples.evidence(of: image)
        let finding = try #require(evidence.findings.first)
        #expect(finding.location.config == "Labels/note")
        #expect(finding.location.within == ["base64"])
    }

    @Test(
        "base64 goes on over breaks of every form: of files, attributes of XML, and literals that are put together",
        arguments: [
            "\n", "\r\n\t", "&#xA;", "&#10;", "&#xD;&#xA;", "&#13;&#10;", "\"\n    \"", "' +\n  '",
            "\"\r\n  + \"",
            "' .\n'", "' \\\n '", "\\n\"\n\"", "\\\n",
        ])
    func brokenLines(mark: String) throws {
        let content = Samples.filler(3_000) + Array("\nTOKEN=\(Self.token)\n".utf8)
        let text = Base64.encode(try Samples.archive(.zip, ("key.env", content)))
        let lines = Self.lines(of: text, 76)
        let quote = mark.first { $0 == "'" || $0 == "\"" }.map(String.init) ?? ""
        let file = "<a data=\(quote)\(lines.joined(separator: mark))\(quote)/>\n"
        let result = try Samples.inspect(Array(file.utf8))
        #expect(result.findings.map(\.place.within) == [["base64.zip", "key.env"]])
        #expect(result.gaps.isEmpty)
    }

    @Test("an archive in base64 in a member that is stored as it is, is told once, inside the member")
    func packedInStored() throws {
        let packed = try Compressor.compress(Array("TOKEN=\(Self.token)\n".utf8), .gzip)
        var tar = RawTar()
        tar.add("conf/user-data".utf8, Array("data: \(Base64.encode(packed))\n".utf8))
        tar.end()
        let findings = try Samples.inspect(tar.bytes, at: "srv/a.tar").findings
        #expect(findings.map(\.place.within) == [["conf/user-data", "base64.gzip", "base64"]])
    }

    @Test("an archive in base64 behind escapes that are not its own is told once, and is whole")
    func packedBehindEscapes() throws {
        let content = Samples.filler(60_000) + Array("\nTOKEN=\(Self.token)\n".utf8)
        let text = Base64.encode(try Samples.archive(.zip, ("key.env", content)))
        let file = #"{"names": ["\"DES:tango;\""], "ARCHIVE": "\#(text)"}"#
        let result = try Samples.inspect(Array(file.utf8), at: "srv/ppd.json")
        #expect(result.findings.map(\.place.within) == [["base64.zip", "key.env"]])
        #expect(result.gaps.isEmpty)
    }

    @Test(
        "an archive in base64 is opened once and whole, however its lines are broken",
        arguments: [
            // As mail encoders wrap, put into JSON; the same, wrapped again by an editor; lines of any length.
            (76, #"\n"#, 10_000), (76, #"\n"#, 69), (76, #"\n"#, 76), (61, "\n", 47),
        ])
    func brokenPacked(width: Int, mark: String, again: Int) throws {
        let content = Samples.filler(600) + Array("\nTOKEN=\(Self.token)\n".utf8)
        let text = Base64.encode(try Compressor.compress(content, .gzip))
        let wrapped = Self.lines(of: text, width).joined(separator: mark) + mark
        let file = "{\"a\": \"" + Self.lines(of: wrapped, again).joined(separator: "\n") + "\"}"
        let result = try Samples.inspect(Array(file.utf8))
        #expect(result.findings.map { $0.place.within.suffix(2) } == [["base64.gzip", "base64"]])
        #expect(result.gaps.isEmpty)
    }

    @Test("a secret in base64 on a line behind an archive in base64 is found as well")
    func behindPacked() throws {
        let packed = try Compressor.compress(Samples.filler(600), .gzip)
        let secret = Base64.encode(Array("TOKEN=\(Self.token)\n".utf8))
        // Without its padding it ends in the middle of four characters, which puts all that follows out of step.
        let padded = packed + Array(repeating: 0, count: (4 - packed.count % 3) % 3)
        let whole = Base64.encode(padded).replacing("=", with: "")
        let result = try Samples.inspect(Array("\(whole)\n\(secret)\n".utf8))
        #expect(result.findings.map(\.place.within) == [["base64"]])
    }

    private static func lines(of text: String, _ width: Int) -> [String] {
        stride(from: 0, to: text.count, by: width).map { String(text.dropFirst($0).prefix(width)) }
    }

    @Test("what only begins like archives in base64 is opened so often and no more")
    func manyPacked() throws {
        let mark = Base64.encode([0x1f, 0x8b, 8] + Array(repeating: 7, count: 27))
        let text = String(repeating: mark + "\n\n", count: 20_000)
        let result = try Samples.inspect(Array(text.utf8))
        #expect(Set(result.reasons).isSuperset(of: [.unreadable, .detectorLimit]))
    }

    @Test("encodings beyond those that are followed are a gap")
    func tooDeep() throws {
        var content = Array("some text with \(Self.token) in it".utf8)
        for _ in 0..<3 { content = Array(Base64.encode(content).utf8) }
        let result = try Samples.inspect(content)
        #expect(result.findings.isEmpty)
        #expect(result.reasons == [.detectorLimit])
    }

    /// Lines of base64 around it, as YAML and MIME have them, or one.
    private enum Layout: CaseIterable { case line, wrapped, twice, twiceWrapped }

    private static func archive(_ size: Int, _ layout: Layout) throws -> [UInt8] {
        var random = SeededGenerator(seed: 5)
        let zip = try Samples.archive(
            .zip, ("noise", random.bytes(size)), ("key.env", Array("x=\(token)\n".utf8)))
        let once = Array(Base64.encode(zip).utf8)
        let text = layout == .twice || layout == .twiceWrapped ? Array(Base64.encode(once).utf8) : once
        guard layout == .wrapped || layout == .twiceWrapped else { return text }
        return stride(from: 0, to: text.count, by: 76).flatMap {
            Array("\n  ".utf8) + text[$0..<min($0 + 76, text.count)]
        }
    }

    @Test(
        "an archive in base64 is opened whole wherever windows end", arguments: Layout.allCases,
        [-60_000, -30_000, -10_000, 0, 6_385])
    private func acrossBorder(layout: Layout, before: Int) throws {
        for (size, rest) in [(26_000, "\nnext: line\n"), (26_000, ""), (900_000, "\nsome words\n")] {
            let content =
                Samples.filler((1 << 20) + before) + Array("\nrelease: ".utf8)
                + (try Self.archive(size, layout))
                + Array(rest.utf8)
            let result = try Samples.inspect(content, at: "srv/dump.yaml")
            #expect(result.findings.map { $0.place.within.last } == ["key.env"], "\(size)")
            #expect(result.gaps.isEmpty, "\(result.gaps)")
        }
    }

    @Test("an archive in base64 that is longer than is put together withholds a pass, and says why")
    func tooLong() throws {
        let result = try Samples.inspect(Array("x: ".utf8) + (try Self.archive(4 << 20, .line)))
        #expect(result.gaps.map(\.detail) == ["an archive in base64 of more than 4 MiB is not opened"])
        #expect(result.reasons == [.detectorLimit])
    }
}
