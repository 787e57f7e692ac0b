import Detection
import Model
import TestSupport
import Testing

/// Tokens planted at random in every encoding, at every alignment and across the borders of windows.
@Suite struct EncodedPlacesTests {
    @Test("every encoded token is found once, wherever windows end", arguments: 1...12 as ClosedRange<UInt64>)
    func once(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var bytes: [UInt8] = []
        var planted: [(fingerprint: Fingerprint, step: String)] = []
        while bytes.count < 90_000 {
            let encoder = Encoder.allCases.randomElement(using: &random) ?? .base64
            let token = Samples.token(random.next())
            let before = Self.words(Int.random(in: 3...60, using: &random), &random)
            let behind = Self.words(Int.random(in: 3...300, using: &random), &random)
            let text = Array("\(before)\n\(token)\n\(behind)".utf8)
            bytes += Array("\(Self.words(Int.random(in: 1...200, using: &random), &random))\nvalue: \"".utf8)
            // What is UTF-16 begins at an even place in files, as a rule.
            if encoder.step.hasPrefix("utf"), !bytes.count.isMultiple(of: 2) {
                bytes.append(UInt8(ascii: " "))
            }
            bytes += encoder.encode(text)
            bytes += Array("\"\n".utf8)
            planted.append((Samples.key.fingerprint(of: Array(token.utf8).span), encoder.step))
        }
        let window = ImageScanner.overlap + 2 * Int.random(in: 1...10_000, using: &random)
        let findings = try Samples.scanner().sightings(in: bytes, window: window).findings
        #expect(findings.map(\.fingerprint) == planted.map(\.fingerprint), "seed \(seed)")
        #expect(findings.map(\.place.within) == planted.map { [$0.step] }, "seed \(seed)")
        let whole = try Samples.scanner().sightings(in: bytes).findings
        #expect(findings == whole, "seed \(seed)")
    }

    private static func words(_ count: Int, _ random: inout SeededGenerator) -> String {
        (0..<count).map { _ in
            ["lorem", "ipsum", "dolor = 5", "sit.", "amet, conseq", "a/b"].randomElement(using: &random) ?? ""
        }.joined(separator: " ")
    }
}
