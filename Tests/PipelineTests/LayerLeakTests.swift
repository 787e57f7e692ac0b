import Model
import Reporting
import Testing

@testable import Pipeline

/// What a run over several images says of the leaks they share.
struct LayerLeakTests {
    private static func digest(_ number: Int) -> Digest {
        Digest(sha256: (0..<32).map { UInt8(truncatingIfNeeded: number >> ($0 % 2 * 8)) })
    }

    private static func outcome(_ number: Int, _ leaks: [LayerLeak]) -> ImageOutcome {
        let image = ImageFacts(
            name: "image\(number)", digest: digest(50_000 + number), platform: "linux/amd64", created: nil,
            configDigest: digest(1))
        return ImageOutcome(
            image: image, platform: "linux/amd64", status: .fail, summary: { _ in "" }, warnings: [],
            shortfalls: [],
            leaks: leaks, entry: nil, folder: nil, standardOutput: nil)
    }

    private static func leak(_ layer: Int, _ secrets: [String: Int] = ["a": 1], base: String? = nil)
        -> LayerLeak
    {
        LayerLeak(diffID: digest(layer), secrets: secrets, isFromBase: base != nil, base: base)
    }

    private static func lines(_ outcomes: [ImageOutcome]) -> [String] {
        AuditResult(outcomes: outcomes, errors: []).sharedLeaks
    }

    @Test("a layer that leaks into several images is one line, the most shared first")
    func shared() {
        let lines = Self.lines([
            Self.outcome(1, [Self.leak(1, ["b": 2, "a": 1], base: "debian"), Self.leak(2), Self.leak(3)]),
            Self.outcome(2, [Self.leak(1, ["b": 2, "a": 1], base: "debian"), Self.leak(2, base: "debian")]),
            Self.outcome(3, [Self.leak(2, base: "alpine")]), Self.outcome(4, []),
        ])
        #expect(
            lines == [
                "SHARED  layer \(Self.digest(2).short) leaks into 3 of 4 images: a",
                "SHARED  layer \(Self.digest(1).short) of the base debian leaks into 2 of 4 images: a, b (2)",
            ])
    }

    @Test("the same image twice shares nothing with itself")
    func same() {
        #expect(Self.lines([Self.outcome(1, [Self.leak(1)]), Self.outcome(1, [Self.leak(1)])]).isEmpty)
    }

    @Test("however many there are, the lines are few, short and clean")
    func many() {
        let rules = Dictionary(uniqueKeysWithValues: (10..<40).map { ("rule\($0)\u{1b}[31m", 1) })
        let leaks = (0..<100).map { Self.leak($0, rules, base: "x\u{202e}") }
        let lines = Self.lines([Self.outcome(1, leaks), Self.outcome(2, leaks)])
        #expect(lines.count == 21 && lines.last == "SHARED  and 80 more layers that leak in several images")
        #expect(lines.allSatisfy { $0.count < 400 })
        #expect(lines.first?.hasSuffix(", 24 more") == true)
        let scalars = lines.joined().unicodeScalars
        #expect(!scalars.contains("\u{1b}") && !scalars.contains("\u{202e}"))
    }
}
