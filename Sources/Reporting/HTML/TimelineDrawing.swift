internal import Model

/// What the layer timeline draws, row by row.
///
/// Each row has a strip of its own, as high as the row turns out to be, so the lines meet their rows at any width, with
/// any font, and across the pages of a printed report. Lanes stand at shares of the strip's width; heights do not occur.
struct TimelineDrawing {
    /// What of a lane is drawn in one row.
    struct Piece: Hashable {
        let x: SafeText
        /// Parts of a line: `all` of the row, `up` from its mark, `down` from it; each with `hidden-` where only dots go on.
        let lines: [SafeText]
        /// The mark where it was written: `file` or `metadata`.
        let start: SafeText?
        /// The mark where a line ends: `present`, `deleted`, `overwritten`, `metadata`.
        let end: SafeText?
        /// High or critical: its lines have a colour and its mark is filled.
        let isGrave: Bool
        /// Says what the lane is, where it has a mark.
        let tooltip: SafeText
    }

    /// One step's part of the drawing.
    struct Row {
        let pieces: [Piece]
        /// The row further up that looks the same, if there is one; it is drawn once.
        let twin: Int?
        /// Whether rows further down look the same.
        let isShared: Bool
    }

    /// The number above the lanes of one subject.
    struct Heading {
        let subject: Int
        let x: SafeText
        let bracket: (start: SafeText, end: SafeText)?
        /// Whether it stands lower where there is little room, so that neighbours do not touch.
        let isLow: Bool
    }

    let headings: [Heading]
    /// The row above all steps: what a container sees.
    let top: [Piece]
    /// For each step, newest first.
    let rows: [Row]
    /// Subjects whose place is in no step that is shown.
    let writtenAtTop: [Int]
    /// Whether those are all in the image's metadata, and none in a layer that nobody knows.
    let isTopMetadata: Bool
    /// How many lanes the strip has room for, in steps of four.
    let breadth: Int

    init(_ timeline: Timeline) {
        let lanes = timeline.lanes
        let positions = lanes.indices.map { Self.share($0, of: lanes.count) }
        breadth = (lanes.count + 3) / 4 * 4
        headings = Self.headings(lanes, positions)
        top = zip(lanes, positions).map(Self.topPiece)
        rows = Self.rows(
            timeline.steps.indices.map { row in
                zip(lanes, positions).compactMap { Self.piece(of: $0, at: row, x: $1) }
            })
        let above = lanes.filter { $0.from == nil }
        writtenAtTop = Set(above.map(\.subject)).sorted()
        isTopMetadata = above.allSatisfy { $0.placement.site == .metadata }
    }

    /// Steps at which nothing begins or ends often come in runs, and look the same throughout.
    private static func rows(_ drawn: [[Piece]]) -> [Row] {
        var first: [[Piece]: Int] = [:]
        var shared: Set<Int> = []
        let twins = drawn.enumerated().map { position, pieces -> Int? in
            guard !pieces.isEmpty, let twin = first[pieces] else {
                first[pieces] = position
                return nil
            }
            shared.insert(twin)
            return twin
        }
        return drawn.indices.map {
            Row(pieces: drawn[$0], twin: twins[$0], isShared: shared.contains($0))
        }
    }

    /// The middle of a lane, as a share of the strip's width.
    private static func share(_ lane: Int, of count: Int) -> SafeText {
        let tenths = (2 * lane + 1) * 500 / max(count, 1)
        return "\(tenths / 10).\(tenths % 10)%"
    }

    private static func headings(_ lanes: [Timeline.Lane], _ positions: [SafeText]) -> [Heading] {
        var headings: [Heading] = []
        var first = 0
        while first < lanes.count {
            var last = first
            while last + 1 < lanes.count, lanes[last + 1].subject == lanes[first].subject { last += 1 }
            headings.append(
                Heading(
                    subject: lanes[first].subject, x: positions[first],
                    bracket: last > first ? (positions[first], positions[last]) : nil,
                    isLow: !headings.count.isMultiple(of: 2)))
            first = last + 1
        }
        return headings
    }

    private static func topPiece(of lane: Timeline.Lane, x: SafeText) -> Piece {
        let comesFromBelow = lane.from != nil
        return Piece(
            x: x, lines: comesFromBelow ? [lane.isHidden ? "hidden-down" : "down"] : [],
            start: nil, end: lane.isHidden ? nil : .word(lane.placement.persistence),
            isGrave: lane.severity >= .high, tooltip: lane.tooltip)
    }

    /// Rows count from the top, so what comes later has the smaller number.
    private static func piece(of lane: Timeline.Lane, at row: Int, x: SafeText) -> Piece? {
        guard let from = lane.from, row <= from else { return nil }
        // What hid it may be a layer that is not shown; it then counts as hidden from the start.
        let hiddenAt = lane.isHidden ? min(lane.to ?? from, from) : -1
        let lines: [SafeText]
        if row == from {
            lines = [hiddenAt == from ? "hidden-up" : "up"]
        } else if row == hiddenAt {
            lines = ["down", "hidden-up"]
        } else {
            lines = [row < hiddenAt ? "hidden-all" : "all"]
        }
        let isEnd = row == hiddenAt && row != from
        return Piece(
            x: x, lines: lines,
            start: row == from ? (lane.placement.persistence == .metadata ? "metadata" : "file") : nil,
            end: isEnd ? .word(lane.placement.persistence) : nil, isGrave: lane.severity >= .high,
            tooltip: lane.tooltip)
    }
}

extension Timeline.Lane {
    /// Whether a container does not see it any more.
    fileprivate var isHidden: Bool {
        placement.persistence == .deleted || placement.persistence == .overwritten
    }

    fileprivate var tooltip: SafeText { "\(subject). \(title): \(placement.place), \(placement.fate)" }
}
