import Detection
import Model
import TestSupport
import Testing

@Suite struct WindowBorderTests {
    /// A text with tokens at random places, and where they are.
    private struct Content {
        struct Place: Equatable {
            let line: Int?
            let column: Int?
            let offset: Int?
        }

        var bytes: [UInt8] = []
        var places: [Place] = []

        init(_ seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            var line = 1
            var lineStart = 0
            while bytes.count < 100_000 {
                for _ in 0..<Int.random(in: 0...6, using: &random) {
                    bytes += Array(
                        repeating: UInt8(ascii: "-"), count: Int.random(in: 0...900, using: &random))
                    bytes.append(UInt8(ascii: "\n"))
                    line += 1
                    lineStart = bytes.count
                }
                bytes += Array(repeating: UInt8(ascii: " "), count: Int.random(in: 0...50, using: &random))
                places.append(Place(line: line, column: bytes.count - lineStart + 1, offset: bytes.count))
                bytes += Array((Samples.token(UInt64(bytes.count)) + " ").utf8)
            }
        }
    }

    @Test(
        "every token is found once, at its place, wherever windows end",
        arguments: 1...12 as ClosedRange<UInt64>)
    func once(seed: UInt64) throws {
        let content = Content(seed)
        let window = ImageScanner.overlap + 1 + Int(seed * 7_919 % 20_000)
        let findings = try Samples.scanner().sightings(in: content.bytes, window: window).findings
        let places = findings.map {
            Content.Place(line: $0.place.line, column: $0.place.column, offset: $0.place.offset)
        }
        #expect(places == content.places)
        #expect(findings.allSatisfy { $0.place.length == 24 })
    }

    @Test("windows of any size see the same", arguments: [16_500, 20_000, 65_536])
    func same(window: Int) throws {
        let bytes = Content(99).bytes
        let scanner = try Samples.scanner()
        let whole = scanner.sightings(in: bytes)
        #expect(scanner.sightings(in: bytes, window: window) == whole)
    }

    @Test("a secret as long as the overlap allows is found whole across a border")
    func long() throws {
        let rule = Samples.rule(pattern: "BEGIN[a-z]{10,}END", prefix: "")
        let secret = "BEGIN" + String(repeating: "k", count: 16_000) + "END"
        for start in stride(from: 3_000, to: 20_000, by: 3_371) {
            let bytes =
                Array(String(repeating: ".", count: start).utf8) + Array(secret.utf8) + Array("....".utf8)
            let findings = try Samples.scanner([rule]).sightings(in: bytes, window: 18_000).findings
            #expect(findings.map(\.place.offset) == [start])
            #expect(findings.map(\.place.length) == [16_008])
        }
    }

    @Test("the middle of a longer word that a window happens to begin with is no token")
    func middle() throws {
        // The second window begins in the middle of a word, exactly where a token would begin.
        let window = 20_000
        let start = window - ImageScanner.overlap
        let bytes =
            Array(String(repeating: "x", count: start).utf8) + Array(Samples.token().utf8)
            + Array(String(repeating: " ", count: 30_000).utf8)
        #expect(try Samples.scanner().sightings(in: bytes, window: window).isEmpty)
    }

    @Test("lines are right in an archive's member whose size nobody knows")
    func unknownSize() throws {
        let bytes = Array(String(repeating: "line\n", count: 10_000).utf8) + Array(Samples.token().utf8)
        let scanner = try Samples.scanner()
        scanner.begin(Samples.file(size: 0), within: ["x"])
        var offset = 0
        while offset < bytes.count {
            let end = min(bytes.count, offset + 20_000)
            scanner.scan(window: bytes.span.extracting(offset..<end), at: offset)
            offset = end == bytes.count ? end : end - ImageScanner.overlap
        }
        #expect(scanner.end().map(\.place.line) == [10_001])
    }

    @Test("windows that do not overlap are scanned too")
    func apart() throws {
        let scanner = try Samples.scanner()
        let text = Array("a\n\(Samples.token(1))\nb \(Samples.token(2))".utf8)
        scanner.begin(Samples.file(size: 0))
        scanner.scan(window: text.span.extracting(0..<27), at: 0)
        scanner.scan(window: text.span.extracting(27..<text.count), at: 27)
        let places = scanner.end().map(\.place)
        #expect(places.map(\.offset) == [2, 29])
        #expect(places.map(\.line) == [2, 3])
        #expect(places.map(\.column) == [1, 3])
    }
}
