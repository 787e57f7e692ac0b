internal import Model

/// A comparison for a terminal of 80 columns.
struct DifferenceText {
    private static let columns = 80
    /// What is listed of each change; the other forms have all.
    private static let most = 25

    private let page: DifferencePage
    private let color: Bool

    init(_ page: DifferencePage, color: Bool) {
        self.page = page
        self.color = color
    }

    var lines: [String] {
        let word = page.outcome.word.text
        var lines = Self.wrapped(page.totals, first: word + "  ", rest: "  ")
        lines[0] = shown(page.outcome.word, Self.code(page.outcome)) + lines[0].dropFirst(word.count)
        lines += Self.wrapped("fails on \(page.failing)", first: "  ", rest: "  ")
        lines.append("")
        for document in page.earlier {
            lines += Self.wrapped(document, first: "earlier  ", rest: "         ")
        }
        lines += Self.wrapped(page.before, first: "before   ", rest: "         ")
        lines += Self.wrapped(page.after, first: "after    ", rest: "         ")
        for image in page.images { lines += self.lines(of: image) }
        return lines
    }

    private func lines(of image: DifferencePage.Image) -> [String] {
        var lines = [""]
        for (label, side) in [("before", image.before), ("after ", image.after)] {
            for (position, line) in side.enumerated() {
                lines += Self.wrapped(
                    line, first: position == 0 ? "\(label)   " : "         ", rest: "         ")
            }
        }
        let changed = image.rows.filter { $0.change == .detectorChanged }
        lines += section(.detectorChanged, changed)
        if !changed.isEmpty {
            lines.append("  A difference may come from them and not from the image.")
        }
        for change in Change.allCases where change != .detectorChanged {
            lines += section(change, image.rows.filter { $0.change == change })
        }
        if !image.controls.isEmpty {
            lines += ["", shown("controls that come out otherwise", nil)]
            lines += capped(image.controls.map { Self.wrapped($0, first: "  ", rest: "      ") })
        }
        if !image.untold.isEmpty {
            lines += ["", shown("what cannot be told", 33)]
            lines += capped(image.untold.map { Self.wrapped($0, first: "  ", rest: "      ") })
        }
        return lines
    }

    private func section(_ change: Change, _ rows: [DifferenceRow]) -> [String] {
        guard !rows.isEmpty else { return [] }
        let heading: SafeText = "\(.grouped(rows.count)) \(change.heading)"
        return ["", shown(heading, Self.code(change))]
            + capped(
                rows.map { row in
                    let severity = row.severity.map { " \(.word($0))" as SafeText } ?? ""
                    let note: SafeText = row.isAccepted ? " (accepted)" : ""
                    return Self.wrapped(
                        "\(row.part)\(severity)  \(row.name)\(note)", first: "  ", rest: "      ")
                        + (change == .stillThere ? [] : row.details).flatMap {
                            Self.wrapped($0, first: "      ", rest: "      ")
                        }
                })
    }

    private func capped(_ blocks: [[String]]) -> [String] {
        let rest = blocks.count - Self.most
        return Array(blocks.prefix(Self.most).joined())
            + (rest > 0 ? ["  and \(rest) more, which --format json lists"] : [])
    }

    /// The words on as many lines as it takes; one that is longer than a line stands alone.
    private static func wrapped(_ text: SafeText, first: String, rest: String) -> [String] {
        var lines: [String] = []
        var line = first
        var isEmpty = true
        for word in text.text.split(separator: " ", omittingEmptySubsequences: false) {
            if !isEmpty, line.count + 1 + word.count > columns {
                lines.append(line)
                line = rest
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines + [line]
    }

    private func shown(_ text: SafeText, _ code: Int?) -> String {
        guard color, let code else { return text.text }
        return "\u{1b}[1;\(code)m\(text.text)\u{1b}[0m"
    }

    private static func code(_ outcome: DifferencePage.Outcome) -> Int {
        switch outcome {
        case .worse: 31
        case .incomplete: 33
        case .notWorse: 32
        }
    }

    private static func code(_ change: Change) -> Int {
        switch change {
        case .new, .reopened, .waiverLapsed, .coverageLost: 31
        case .mappingChanged, .detectorChanged: 33
        case .fixed: 32
        case .stillThere: 36
        }
    }
}
