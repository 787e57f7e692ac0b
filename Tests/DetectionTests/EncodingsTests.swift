import Cryptography
import Detection
import Model
import TestSupport
import Testing

/// Secrets that stand encoded are found as if they stood plain.
@Suite struct EncodingsTests {
    @Test("a secret is found in every encoding, once, with its own fingerprint", arguments: Encoder.allCases)
    func each(encoder: Encoder) throws {
        let token = Samples.token()
        let head = "first line of it\nuser = \"ops\"\n"
        let encoded = encoder.encode(Array("\(head)\(token)\nand more of it\nlast\n".utf8))
        let before = Array("# config\ndata: \"".utf8)
        let findings = try Samples.scanner().sightings(in: before + encoded + Array("\"\nend\n".utf8))
            .findings
        #expect(findings.map(\.place.within) == [[encoder.step]])
        let finding = try #require(findings.first)
        #expect(finding.fingerprint == Samples.key.fingerprint(of: Array(token.utf8).span))
        #expect(finding.preview?.text == "tok_… (24 characters)")
        #expect(finding.secretLength == 24)
    }

    @Test("what is told is where the encoded text of the secret stands", arguments: Encoder.allCases)
    func place(encoder: Encoder) throws {
        // 27 bytes before and 24 of token: whole groups of three, so that the token's part is an encoding of its own.
        let head = Array("one two three four five si\n".utf8)
        let token = Array(Samples.token(5).utf8)
        let start = encoder.encode(head)
        let bytes = Array("\n  \"".utf8) + encoder.encode(head + token + Array("\n".utf8)) + Array("\" ".utf8)
        let place = try #require(try Samples.scanner().sightings(in: bytes).findings.first?.place)
        let stored = try #require(place.offset)
        #expect(stored == 4 + start.count)
        let length = try #require(place.length)
        let part = Array(bytes[stored..<stored + length])
        #expect(part.filter { !encoder.isBreak($0) } == encoder.encode(token).filter { !encoder.isBreak($0) })
        let lines = bytes[..<stored].split(separator: 10, omittingEmptySubsequences: false)
        let isWide = encoder.step.hasPrefix("utf")
        #expect(isWide || place.line == lines.count)
        #expect(isWide || place.column == (lines.last?.count ?? 0) + 1)
    }

    @Test(
        "an encoding inside another is found, outermost named first",
        arguments: [Encoder.base64, .wrapped64, .percentAll, .jsonUnicode, .utf16Little],
        [Encoder.base64, .wrapped76CRLF, .base64URL, .percent])
    func nested(outer: Encoder, inner: Encoder) throws {
        let token = Samples.token(3)
        let text = Array("some lines of text\nvalue: \"\(token)\"\nand an end of it all\n".utf8)
        let content = Array("data = \"".utf8) + inner.encode(text) + Array("\" # and a little more text".utf8)
        let bytes = Array("x: '".utf8) + outer.encode(content) + Array("'\n".utf8)
        let findings = try Samples.scanner().sightings(in: bytes).findings
        #expect(findings.map(\.place.within) == [[outer.step, inner.step]])
        #expect(findings.map(\.fingerprint) == [Samples.key.fingerprint(of: Array(token.utf8).span)])
    }

    @Test(
        "base64 right behind an escape is read from where the escape ends",
        arguments: ["\\n", "\\r\\n", "\\t", "\\u000a", "\\u003d", "\\x20", "%0A", "%3D", "%20"])
    func behindEscape(escape: String) throws {
        let text = Base64.encode(Array("user:\(Samples.token())".utf8))
        let findings = try Samples.scanner().findings(in: "{\"data\":\"before\(escape)\(text)\"}")
        #expect(findings.map(\.place.within) == [["base64"]])
    }

    @Test(
        "base64 is read on behind bytes that are no text",
        arguments: [
            "PATH=/usr/local/sbin:/usr/local/bin\0HOME=/root\0TOKEN=@\0LANG=C\0",
            "HOME=/root\0KEY=@\0LANG=C\0TZ=UTC\0",
            "Hinweis zum Zugang:\nGrund: M\u{fc}ller hat das so gesetzt\nkey = @\n",
            "Zug\u{e4}nge f\u{fc}r alle\nkey=@\n",
        ])
    func behindOtherBytes(text: String) throws {
        let token = Samples.token(8)
        // Of an old encoding, which has a byte for each.
        let bytes = text.unicodeScalars.flatMap { scalar in
            scalar == "@" ? Array(token.utf8) : [UInt8(truncatingIfNeeded: scalar.value)]
        }
        let findings = try Samples.scanner().findings(in: "data: \(Base64.encode(bytes))\n")
        #expect(findings.map(\.place.within) == [["base64"]])
        #expect(findings.map(\.fingerprint) == [Samples.key.fingerprint(of: Array(token.utf8).span)])
    }

    @Test(
        "base64 is found however narrow the lines are that it is wrapped to", arguments: [28, 30, 32, 36, 40])
    func narrow(width: Int) throws {
        let text = Base64.encode(
            Array("# deployment settings of the service\ntoken = \(Samples.token(9))\n# end\n".utf8))
        let lines = stride(from: 0, to: text.count, by: width).map { start in
            String(text.dropFirst(start).prefix(width))
        }
        let findings = try Samples.scanner().findings(in: lines.joined(separator: "\n") + "\n")
        #expect(findings.map(\.place.within) == [["base64"]])
    }

    @Test("UTF-16 without its last zero is found and masked", arguments: [0, 1])
    func cutUTF16(odd: Int) throws {
        let text =
            Array(repeating: UInt8(ascii: "x"), count: odd)
            + Samples.token().utf8.flatMap { [$0, 0] }.dropLast()
        let scanner = try Samples.scanner()
        #expect(scanner.findings(in: String(decoding: text, as: UTF8.self)).count == 1)
        #expect(!scanner.mask(String(decoding: text, as: UTF8.self)).contains("\0"))
    }

    @Test(
        "UTF-16 in base64, as PowerShell takes commands, is found", arguments: [[], [0xff, 0xfe] as [UInt8]])
    func command(mark: [UInt8]) throws {
        let text = Array("curl -H \"Authorization: \(Samples.token(3))\"".utf8)
        let encoded = Encoder.base64.encode(mark + Encoder.utf16Little.encode(text))
        let findings = try Samples.scanner().sightings(in: Array("powershell -enc ".utf8) + encoded).findings
        #expect(findings.map(\.place.within) == [["base64", "utf-16le"]])
    }

    @Test(
        "a file in UTF-32 behind a byte order mark is read, in later windows too", arguments: [true, false])
    func utf32(isLittle: Bool) throws {
        let filler = String(repeating: "some text\n", count: 20_000)
        let text = "\u{feff}имя\nA=\(Samples.token(3))\n\(filler)B=\(Samples.token(4))\n"
        let bytes = text.unicodeScalars.flatMap { scalar -> [UInt8] in
            let bytes = (0..<4).map { UInt8(scalar.value >> (8 * $0) & 0xff) }
            return isLittle ? bytes : bytes.reversed()
        }
        let findings = try Samples.scanner().sightings(in: bytes, window: 1 << 18).findings
        #expect(
            findings.map(\.place.within) == [
                [isLittle ? "utf-32le" : "utf-32be"], [isLittle ? "utf-32le" : "utf-32be"],
            ])
        #expect(findings.map(\.place.length) == [96, 96])
    }

    @Test(
        "a file that begins with a byte order mark is read whole, characters of every script in it",
        arguments: [Encoder.utf16Little, .utf16Big])
    func scripts(encoder: Encoder) throws {
        let rule = Samples.rule(pattern: #"KEY=([^\s"]{4,40})"#, prefix: "")
        let text = "\u{feff}имя\nKEY=geheim密码и😀x\nконец\n"
        let units = Array(text.utf16)
        let bytes = units.flatMap { unit -> [UInt8] in
            let pair = [UInt8(unit & 0xff), UInt8(unit >> 8)]
            return encoder == .utf16Little ? pair : pair.reversed()
        }
        let findings = try Samples.scanner([rule]).sightings(in: bytes).findings
        #expect(findings.map(\.place.within) == [[encoder.step]])
        #expect(findings.map(\.fingerprint) == [Samples.key.fingerprint(of: Array("geheim密码и😀x".utf8).span)])
        #expect(findings.map(\.place.offset) == [2 * (1 + 4 + 4)])
    }

    @Test(
        "a byte order mark does not hide what is written in the other order, or moved by a byte",
        arguments: [[0xff, 0xfe], [0xfe, 0xff]] as [[UInt8]], [Encoder.utf16Little, .utf16Big])
    func falseMark(mark: [UInt8], encoder: Encoder) throws {
        let token = Samples.token(3)
        let text = encoder.encode(Array("some text before it\nKEY=\(token)\nand behind\n".utf8))
        let own = mark == [0xff, 0xfe] ? Encoder.utf16Little : .utf16Big
        let start = mark + own.encode(Array("a few words\n".utf8))
        for moved in [[], [1]] as [[UInt8]] {
            let findings = try Samples.scanner().sightings(in: start + moved + text).findings
            // Moved by a byte, the other order is what the mark says.
            let step = moved.isEmpty ? encoder.step : own.step
            #expect(findings.map(\.place.within) == [[step]])
            #expect(findings.map(\.fingerprint) == [Samples.key.fingerprint(of: Array(token.utf8).span)])
        }
    }

    @Test("what stands plain among escapes is told once, as plain")
    func plainAmongEscapes() throws {
        let token = Samples.token()
        let text = #"{"a": "x\ny\u0041", "b": "\#(token)", "c": "\"\#(token)\"", "d": "%41%42 \#(token)"}"#
        let findings = try Samples.scanner().findings(in: text)
        #expect(findings.map(\.place.within) == [[], [], []])
    }

    @Test("a key with escaped line breaks has the fingerprint of the same key in a file of its own")
    func escapedKey() throws {
        let rule = Samples.rule(
            kind: .privateKey, pattern: #"-----BEGIN KEY-----[A-Za-z0-9+/=\s\\]+-----END KEY-----"#,
            prefix: "")
        let body = Samples.token(1) + "\n" + Samples.token(2).dropFirst(4)
        let key = "-----BEGIN KEY-----\n\(body.replacing("_", with: ""))\n-----END KEY-----"
        let scanner = try Samples.scanner([rule])
        let plain = scanner.findings(in: key)
        let escaped = scanner.findings(in: #"{"key": "\#(key.replacing("\n", with: "\\n"))"}"#)
        #expect(plain.count == 1)
        #expect(escaped.map(\.fingerprint) == plain.map(\.fingerprint))
        #expect(escaped.map(\.place.within) == [["json-string"]])
    }

    @Test(
        "what is no text is not decoded",
        arguments: [
            "/usr/share/doc/python3/examples/tools/readme", "aVeryLongIdentifierInSomeLanguageOfToday",
            "0123456789abcdef0123456789abcdef01234567", "%s: %d of %d\\n",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk", #"C:\new\table\users"#,
        ])
    func decoys(text: String) throws {
        // Finds anything at all that is seen at a second look.
        let rule = Samples.rule(pattern: "(?s).+", prefilter: ".", prefix: "")
        let findings = try Samples.scanner([rule]).findings(in: "a \(text) b")
        #expect(findings.allSatisfy { $0.place.within.isEmpty })
    }

    @Test("a rule does not reach from one encoded run to the next")
    func apart() throws {
        let rule = Samples.rule(pattern: #"secret-name-of-it\s*[a-z]+"#, prefix: "")
        let runs = ["this is secret-name-of-it", "valuevaluevaluevalue"].map {
            String(decoding: Encoder.base64.encode(Array($0.utf8)), as: UTF8.self)
        }
        #expect(try Samples.scanner([rule]).findings(in: runs.joined(separator: " ")).isEmpty)
    }

    @Test("more encodings in each other than are followed make the file fall short")
    func tooDeep() throws {
        var bytes = Array("a text of some length: \(Samples.token())".utf8)
        for _ in 0..<3 { bytes = Encoder.base64.encode(bytes) }
        let scanner = try Samples.scanner()
        #expect(scanner.sightings(in: bytes).isEmpty)
        #expect(scanner.shortfall == "text is encoded more often than is decoded")
    }

    @Test("nothing but base64 of base64 is decoded without bound in neither time nor memory")
    func hostile() throws {
        var bytes = Array(repeating: Array("the quick brown fox\n".utf8), count: 60_000).flatMap { $0 }
        for _ in 0..<3 { bytes = Encoder.base64.encode(bytes) }
        let scanner = try Samples.scanner()
        #expect(scanner.sightings(in: bytes).isEmpty)
        #expect(scanner.shortfall != nil)
    }

    @Test(
        "a secret in base64 in metadata is found and masked, and so is every encoded form of one that is known"
    )
    func metadata() throws {
        let token = Samples.token(1)
        func encoded(_ encoder: Encoder, _ text: String) -> String {
            String(decoding: encoder.encode(Array(text.utf8)), as: UTF8.self)
        }
        let rule = Samples.rule(
            id: "test.password", pattern: "^[^=]+=(.+)$", prefix: "", fields: ["Env/PASSWORD"])
        let configuration = Samples.configuration(
            environment: [("PASSWORD", "hunter2hunter2")],
            labels: [("note", encoded(.base64, "key \(token) end"))],
            history: [
                "RUN echo \(encoded(.base64, "hunter2hunter2")) | base64 -d",
                "RUN curl ?p=\(encoded(.percentAll, token))",
            ])
        let scanner = try Samples.scanner([Samples.rule(), rule])
        let findings = scanner.inspect(configuration).findings
        let places = findings.map { [$0.place.config ?? ""] + $0.place.within }
        #expect(places.contains(["Labels/note", "base64"]))
        #expect(places.contains(["history/1", "percent"]))
        let masked = scanner.maskedFields(of: configuration)
        #expect(masked["history/0"] == "RUN echo …= | base64 -d")
        #expect(masked["history/1"] == "RUN curl ?p=tok_… (24 characters)")
        #expect(masked["Labels/note"]?.contains("tok_…") == true)
    }
}
