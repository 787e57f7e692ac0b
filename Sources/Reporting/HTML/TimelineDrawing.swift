internal import Model

/// Where the parts of the layer timeline stand, in CSS pixels.
///
/// Steps are rows of HTML whose heights are fixed here, so that the lines of the picture beside them meet their rows at
/// any width and zoom.
struct TimelineDrawing {
    struct Lane {
        let subject: Int
        /// How far right the lanes of its subject reach; nil: it is not the first of them.
        let subjectEnd: Int?
        let tooltip: SafeText
        let x: Int
        /// Where it was written, and where its line ends: at what hid it, or at the top.
        let from: Int
        let to: Int
        /// `present`, `deleted`, `overwritten`, `metadata`: the mark at the end.
        let end: SafeText
        /// The mark at the start: `file` or `metadata`.
        let mark: SafeText
        /// High or critical: the mark is filled.
        let isGrave: Bool
        let isHidden: Bool
    }

    static let topHeight = 64
    static let topY = 46
    private static let laneWidth = 24
    private static let margin = 14

    let width: Int
    let height: Int
    /// Between rows.
    let boundaries: [Int]
    let lanes: [Lane]
    /// Subjects whose place is in the configuration and in no step.
    let writtenAtTop: [Int]

    init(_ timeline: Timeline) {
        var y = Self.topHeight
        var centers: [Int] = []
        var boundaries: [Int] = []
        for step in timeline.steps {
            boundaries.append(y)
            let size = Self.size(of: step)
            centers.append(y + size / 2)
            y += size
        }
        height = y
        self.boundaries = boundaries
        width = Self.margin * 2 + max(timeline.lanes.count - 1, 0) * Self.laneWidth
        lanes = timeline.lanes.enumerated().map { position, lane in
            let isFirst = position == 0 || timeline.lanes[position - 1].subject != lane.subject
            let last = timeline.lanes.lastIndex { $0.subject == lane.subject } ?? position
            return Self.lane(
                lane, x: Self.x(position), subjectEnd: isFirst ? Self.x(last) : nil, centers: centers)
        }
        writtenAtTop = Set(timeline.lanes.filter { $0.from == nil }.map(\.subject)).sorted()
    }

    /// The height of a row: a line for its name, one or two for its instruction, and one for its marks.
    static func size(of step: Timeline.Step) -> Int {
        let isMarked = !step.writes.isEmpty || !step.hides.isEmpty
        let isLong = step.layer.instruction.text.utf8.count > 76
        return 54 + (isLong ? 16 : 0) + (isMarked ? 24 : 0)
    }

    private static func x(_ position: Int) -> Int { margin + position * laneWidth }

    private static func lane(_ lane: Timeline.Lane, x: Int, subjectEnd: Int?, centers: [Int]) -> Lane {
        let persistence = lane.placement.persistence
        let from = lane.from.map { centers[$0] } ?? topY
        let isHidden = persistence == .deleted || persistence == .overwritten
        // A layer that hid it may be one that is not shown; its line then ends just above where it began.
        let hidden = lane.to.map { centers[$0] } ?? from - 24
        return Lane(
            subject: lane.subject, subjectEnd: subjectEnd,
            tooltip: "\(lane.subject). \(lane.title): \(lane.placement.place), \(lane.placement.fate)", x: x,
            from: from, to: isHidden ? max(hidden, topY) : topY, end: .word(persistence),
            mark: persistence == .metadata ? "metadata" : "file", isGrave: lane.severity >= .high,
            isHidden: isHidden)
    }
}
