import Detection
import ImageReading
import Model
import Testing

@testable import Pipeline

/// What a layer's report takes down, however much a hostile layer offers.
struct LayerReportTests {
    @Test("findings beyond the limit are dropped, and one gap that blocks a pass says so")
    func findings() throws {
        let sightings = try Samples.inspect(Array(Samples.token().utf8)).sightings
        try #require(sightings.count == 1)
        var report = LayerReport()
        let path = EntryPath("a")
        report.add(Array(repeating: sightings[0], count: LayerReport.sightingLimit - 1), at: path)
        report.add(sightings, at: path)
        #expect(report.gaps.isEmpty)
        for _ in 0..<3 { report.add(sightings, at: path) }
        #expect(report.sightings.count == LayerReport.sightingLimit)
        #expect(report.gaps.map(\.reason) == [.detectorLimit])
        #expect(report.gaps.allSatisfy { $0.reason.blocksPass })
    }

    @Test("gaps beyond the limit are dropped, and the last one says so and blocks a pass")
    func gaps() {
        var report = LayerReport()
        for number in 0..<(LayerReport.gapLimit + 5) {
            report.add(
                Gap(layer: 0, path: EntryPath("\(number)"), reason: .malformedArchive, detail: "broken"))
        }
        #expect(report.gaps.count == LayerReport.gapLimit)
        #expect(report.gaps.last?.reason == .detectorLimit)
        #expect(report.gaps.dropLast().allSatisfy { $0.reason == .malformedArchive })
    }
}
