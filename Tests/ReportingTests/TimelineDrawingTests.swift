import Model
import Testing

@testable import Reporting

@Suite("Drawing the timeline")
struct TimelineDrawingTests {
    @Test(
        "a lane is drawn without a break from the step that wrote it to the top, and nowhere else",
        arguments: ReportCase.all + [.large(100)])
    func unbroken(example: ReportCase) {
        let timeline = example.report.timeline
        let drawing = TimelineDrawing(timeline)
        for (lane, top) in zip(timeline.lanes, drawing.top) {
            let rows = drawing.rows.map { row in row.pieces.first { $0.x == top.x } }
            guard let from = lane.from else {
                #expect(rows.allSatisfy { $0 == nil })
                #expect(top.lines.isEmpty && top.end != nil)
                continue
            }
            #expect(rows.dropFirst(from + 1).allSatisfy { $0 == nil })
            for (position, piece) in rows.prefix(from + 1).enumerated() {
                let parts = piece?.lines.map(\.text).map { $0.replacing("hidden-", with: "") }.sorted() ?? []
                let whole = position == from ? [["up"]] : [["all"], ["down", "up"]]
                #expect(whole.contains(parts), "lane \(lane.subject), row \(position)")
                #expect((piece?.start != nil) == (position == from))
            }
        }
    }

    @Test("above the layer that hid it a lane goes on in dots, below it does not")
    func hidden() throws {
        let timeline = ReportCase.leakyAgent.report.timeline
        let drawing = TimelineDrawing(timeline)
        let number = try #require(timeline.lanes.firstIndex { $0.placement.place == "/srv/agent/.env:3" })
        let lane = timeline.lanes[number]
        let (from, to) = (try #require(lane.from), try #require(lane.to))
        let x = drawing.top[number].x
        for (position, row) in drawing.rows.enumerated() {
            let piece = row.pieces.first { $0.x == x }
            let dots = piece?.lines.contains { $0.text.hasPrefix("hidden") } ?? false
            #expect(dots == (position <= to))
            #expect(piece?.end == (position == to ? "deleted" : nil))
        }
        #expect(from > to)
        #expect(drawing.top[number].end == nil)
    }

    @Test("what looks the same is drawn once, and a drawing it refers to is there")
    func twins() {
        let rows = TimelineDrawing(ReportCase.large(100).report.timeline).rows
        for row in rows {
            guard let twin = row.twin else { continue }
            #expect(rows[twin].pieces == row.pieces)
            #expect(rows[twin].isShared && rows[twin].twin == nil)
        }
        #expect(rows.contains { $0.twin != nil } == (Set(rows.map(\.pieces)).count < rows.count))
    }

    @Test("a file written below the last step that is shown comes from below, not from the configuration")
    func deep() {
        let count = Timeline.maximalSteps + 50
        let layers = (0..<count).map { index in
            LayerRow(Made.layerFacts(index, history: index, "RUN step \(index)", bytes: 1000, origin: .step))
        }
        let finding = Finding(
            id: Made.id(1), detector: "credentials", rule: "a.b", kind: .serviceCredential, title: "Token",
            severity: .high, confidence: .high,
            location: Location(
                layer: Made.layer(3), path: EntryPath("a"), line: 1, column: 1, offset: 0, length: 8),
            createdBy: "RUN step 3", persistence: .present, origin: .step, fingerprint: nil, preview: nil)
        let evidence = Evidence(
            image: ReportCase.clean.evidence.image, layers: [], findings: [finding], inventory: [], gaps: [],
            receipts: [], fingerprintKey: "")
        let timeline = Timeline(
            layers: layers, subjects: Subject.numbered(evidence: evidence, results: []))
        let drawing = TimelineDrawing(timeline)
        #expect(drawing.writtenAtTop.isEmpty)
        #expect(drawing.rows.allSatisfy { $0.pieces.first?.lines == ["all"] })
    }
}
