import Testing

@testable import Pipeline

/// What progress adds up to.
struct ProgressTallyTests {
    private static func tally(_ events: [AuditProgress]) -> ProgressTally {
        var tally = ProgressTally()
        for event in events { _ = tally.take(event) }
        return tally
    }

    private static func outline(_ index: Int, bytes: Int, findings: Int = 0, gaps: Int = 0) -> LayerOutline {
        LayerOutline(
            index: index, digest: "sha256:" + String(repeating: "\(index)", count: 64), bytes: bytes,
            findings: findings, gaps: gaps)
    }

    private static let opened = AuditProgress.opened(
        image: "oci:images/app:1", platform: "linux/amd64", layers: 3, bytes: 2_000_000_000)

    @Test("layers read and layers under way add up to bytes, rate and time left")
    func sum() {
        let tally = Self.tally([
            Self.opened, .reading(layer: 0, bytes: 1_000_000), .reading(layer: 2, bytes: 300_000_000),
            .reading(layer: 0, bytes: 90_000_000), .layerRead(Self.outline(0, bytes: 100_000_000)),
        ])
        #expect(
            tally.line(columns: 100, seconds: 4)
                == "oci:images/app:1 linux/amd64: 1/3 layers, 400.0 MB of 2.0 GB, 100.0 MB/s, 16 s left")
    }

    @Test("a narrow terminal gets the end of the name, then less and less beside the bytes")
    func narrow() {
        let tally = Self.tally([Self.opened, .reading(layer: 0, bytes: 500_000_000)])
        let lines = [80, 60, 50, 40, 30, 12, 4, 1, 0].map { tally.line(columns: $0, seconds: 240) }
        #expect(
            lines == [
                "…mages/app:1 linux/amd64: 0/3 layers, 500.0 MB of 2.0 GB, 2.0 MB/s, 12 min left",
                "…1 linux/amd64: 0/3 layers, 500.0 MB of 2.0 GB, 12 min left",
                "…p:1 linux/amd64: 500.0 MB of 2.0 GB, 12 min left",
                "…s/app:1 linux/amd64: 25 %, 12 min left",
                "…ages/app:1 linux/amd64: 25 %", "25 %", "25 ", "", "",
            ])
    }

    @Test("characters that take two columns are counted as two")
    func wide() {
        let tally = Self.tally([
            .opened(
                image: "oci:" + String(repeating: "宮", count: 40), platform: "linux/amd64", layers: 1,
                bytes: 10)
        ])
        for columns in 30...120 {
            let line = tally.line(columns: columns, seconds: 0)
            let width = line.unicodeScalars.reduce(0) { $0 + ($1 == "宮" ? 2 : 1) }
            #expect(width < columns, "\(line)")
            #expect(line.hasSuffix(" linux/amd64: 0/1 layers, 0 B of 10 B") || columns < 52, "\(line)")
        }
    }

    @Test("nothing is said of rate and time before there is something to go by, and at the end")
    func noGuesses() {
        let start = Self.tally([Self.opened])
        #expect(start.line(columns: 100, seconds: 9).hasSuffix(": 0/3 layers, 0 B of 2.0 GB"))
        let early = Self.tally([Self.opened, .reading(layer: 0, bytes: 1_000)])
        #expect(early.line(columns: 100, seconds: 0.1).hasSuffix(": 0/3 layers, 1.0 kB of 2.0 GB"))
        let slow = Self.tally([Self.opened, .reading(layer: 0, bytes: 1_000)])
        #expect(slow.line(columns: 100, seconds: 90_000).hasSuffix(", 0 B/s, 100 h 0 min left"))
        let end = Self.tally([Self.opened, .layerRead(Self.outline(0, bytes: 2_000_000_000))])
        #expect(end.line(columns: 100, seconds: 9).hasSuffix(": 1/3 layers, 2.0 GB of 2.0 GB"))
        let empty = Self.tally([.opened(image: "a", platform: "b", layers: 0, bytes: 0)])
        #expect(empty.line(columns: 100, seconds: 9) == "a b: 0/0 layers, 0 B of 0 B")
        #expect(Self.tally([.opening(image: "a")]).line(columns: 100, seconds: 9) == "a: opening")
    }

    @Test("what a manifest claims wrongly goes beyond no bound")
    func lies() {
        let tally = Self.tally([
            .opened(image: "a", platform: "b", layers: 1, bytes: 10), .reading(layer: 0, bytes: 1_000_000),
            .layerRead(Self.outline(0, bytes: 1 << 42)), .layerRead(Self.outline(1, bytes: 1 << 42)),
        ])
        #expect(tally.line(columns: 100, seconds: 9) == "a b: 2/1 layers, 10 B of 10 B")
    }

    @Test("a log's line counts the layers, and names the one that was read as reports do")
    func entries() {
        var tally = Self.tally([Self.opened, .layerRead(Self.outline(1, bytes: 5))])
        #expect(
            tally.take(.layerRead(Self.outline(2, bytes: 12_400_000, findings: 1, gaps: 2)))
                == "oci:images/app:1 linux/amd64: 2 of 3 layers read: layer 2 sha256:222222222222, 12.4 MB, 1 finding, 2 gaps"
        )
        #expect(tally.take(.reading(layer: 0, bytes: 5)) == nil)
    }
}
