import Detection
import Model
import TestSupport
import Testing

/// Private keys that are longer than what two windows share.
@Suite struct UnfinishedKeyTests {
    private static let rule = Samples.rule(
        kind: .privateKey,
        pattern: #"-----BEGIN TEST PRIVATE KEY-----[A-Za-z0-9+/=\s\\]{60,}-----END TEST PRIVATE KEY-----"#,
        prefix: "")

    private static func key(_ size: Int, seed: UInt64, break lineBreak: String = "\n") -> [UInt8] {
        var random = SeededGenerator(seed: seed)
        var lines = ["-----BEGIN TEST PRIVATE KEY-----"]
        for _ in 0..<size / 65 { lines.append(random.letters(64)) }
        return Array((lines + ["-----END TEST PRIVATE KEY-----"]).joined(separator: lineBreak).utf8)
    }

    private static func text(_ size: Int) -> [UInt8] {
        let line = Array("nothing of interest - on this line\n".utf8)
        return (0..<size).map { line[$0 % line.count] }
    }

    @Test("a key of any length is found in one window", arguments: [10_000, 80_000, 900_000])
    func whole(size: Int) throws {
        let key = Self.key(size, seed: 1)
        let findings = try Samples.scanner([Self.rule]).sightings(in: Self.text(500) + key + Self.text(500))
            .findings
        #expect(findings.map(\.place.length) == [key.count])
    }

    @Test(
        "a key is found once, at its place, over any number of windows",
        arguments: [20_000, 40_000, 150_000], ["\n", "\\n"])
    func overWindows(size: Int, lineBreak: String) throws {
        for start in [0, 1, 700, 9_999, 22_000, 40_000] {
            let key = Self.key(size, seed: UInt64(start + size), break: lineBreak)
            let bytes = Self.text(start) + key + Self.text(30_000)
            let scanner = try Samples.scanner([Self.rule])
            let whole = scanner.sightings(in: bytes)
            #expect(whole.findings.map(\.place.length) == [key.count])
            #expect(scanner.sightings(in: bytes, window: 25_000) == whole, "at \(start)")
            #expect(scanner.shortfall == nil)
        }
    }

    @Test("wherever in its last line a window ends")
    func lastLine() throws {
        let key = Self.key(30_000, seed: 3)
        for left in 0...34 {
            let window = 2_000 + key.count - left
            let bytes = Self.text(2_000) + key + Self.text(20_000)
            let findings = try Samples.scanner([Self.rule]).sightings(in: bytes, window: window).findings
            #expect(findings.map(\.place.offset) == [2_000], "\(left) bytes before its end")
            #expect(findings.map(\.place.line) == [Self.text(2_000).count { $0 == 10 } + 1])
        }
    }

    @Test("behind lines that say how it was made, and at the file's very end")
    func headers() throws {
        let rule = Samples.rule(
            kind: .privateKey,
            pattern:
                #"-----BEGIN TEST PRIVATE KEY-----\s(?:[A-Z]\w+: [^\n]{1,80}\n){0,4}[\w+/=\s]{60,}-----END"#,
            prefix: "")
        let lines = Array("\nVersion: Test v1.2-3\nComment: of a--b, made: today".utf8)
        let key = Self.key(30_000, seed: 4)
        let bytes = Self.text(300) + key[..<32] + lines + key[32...]
        let findings = try Samples.scanner([rule]).sightings(in: bytes, window: 20_000).findings
        #expect(findings.map(\.place.offset) == [300])
    }

    @Test("one that has no end within a few windows is told")
    func endless() throws {
        let scanner = try Samples.scanner([Self.rule])
        let bytes = Array(Self.key(2_500_000, seed: 5).dropLast(40))
        #expect(scanner.sightings(in: bytes).isEmpty)
        #expect(scanner.shortfall == "a private key of more than 2 MiB is not read whole")
        #expect(scanner.sightings(in: Self.text(100)).isEmpty)
        #expect(scanner.shortfall == nil)
    }

    @Test("a first line with anything else behind it is none")
    func mention() throws {
        let scanner = try Samples.scanner([Self.rule])
        let bytes = Self.text(100) + Array("-----BEGIN TEST PRIVATE KEY-----".utf8) + Self.text(90_000)
        #expect(scanner.sightings(in: bytes, window: 20_000).isEmpty)
        #expect(scanner.shortfall == nil)
    }
}

/// Key stores in base64 of any length.
@Suite struct EncodedStoreTests {
    private static let rule = Samples.rule(
        kind: .privateKey,
        pattern: #"(?<!\w)((?:MI[M-P][A-Za-z0-9+/]{4}CAQMwg|/u3\+7QAAAAIAAAA)[A-Za-z0-9+/\r\n ]*={0,2})"#,
        prefilter: #"CAQMwg|/u3\+7QAAAAIAAAA"#, prefix: "", checksum: .base64KeyStore)

    @Test("one of tens of kilobytes is found", arguments: [200, 16_000, 100_000])
    func found(size: Int) throws {
        var random = SeededGenerator(seed: 2)
        let store = "/u3+7QAAAAIAAAABAAAAAQ" + random.letters(size) + "\n"
        let scanner = try Samples.scanner([Self.rule])
        #expect(scanner.findings(in: "store: \(store): end").count == 1)
        #expect(scanner.shortfall == nil)
    }

    @Test("one that says that it is longer than what is looked at together is told")
    func tooLong() throws {
        var random = SeededGenerator(seed: 3)
        // A sequence of 196,608 bytes that begins with version 3.
        let store = "MIMDAAACAQMwgg"
        #expect(store.hasPrefix("MIMDAAACAQMwg"))
        let scanner = try Samples.scanner([Self.rule])
        #expect(scanner.findings(in: "store: \(store)\(random.letters(250_000)): end").isEmpty)
        #expect(scanner.shortfall == "a key store in base64 goes on beyond what is looked at together")
        #expect(scanner.findings(in: "store: \(store)\(random.letters(5_000)): end").isEmpty)
        #expect(scanner.shortfall == nil)
    }
}
