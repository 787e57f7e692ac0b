/// Text laid out for a terminal.
package enum Columns {
    /// What is taken for the width of a terminal where nobody knows it.
    private static let usual = 80
    /// How much further in the rest of a line stands that is broken.
    private static let step = 4
    /// A label in front of what is said ends before this column.
    private static let lastLabel = 24

    /// The words on as many indented lines as it takes to stay within 80 columns.
    static func wrapped(_ words: [String]) -> [String] {
        let words = words.flatMap { $0.split(separator: " ") }
        guard !words.isEmpty else { return [] }
        let margin = String(repeating: " ", count: step)
        return broken(margin + words.joined(separator: " "), within: usual, hanging: step)
    }

    /// `line` on as many lines as it takes to stay within `columns`, broken between words only.
    ///
    /// What follows the first stands further in, below what is said behind a label where there is one. A word that is longer,
    /// such as a digest, stays whole, and as far left as it takes to fit.
    package static func lines(of line: String, within columns: Int) -> [String] {
        guard width(line) > columns else { return [line] }
        return broken(line, within: columns, hanging: hanging(of: line))
    }

    /// Rows in columns as wide as their widest cell; where that is wider than `columns`, each by itself.
    static func aligned(_ rows: [[String]], within columns: Int? = nil) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        let lines = rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return cells.joined(separator: "  ").trimmingSuffix(while: { $0 == " " })
        }
        guard let columns, lines.contains(where: { width($0) > columns }) else { return lines }
        return rows.flatMap { broken($0.joined(separator: "  "), within: columns, hanging: step) }
    }

    private static func broken(_ line: String, within columns: Int, hanging: Int) -> [String] {
        let least = min(hanging, line.prefix { $0 == " " }.count + step / 2)
        var lines: [String] = []
        var current = ""
        var reached = 0
        var rest = line[...]
        while !rest.isEmpty {
            let gap = rest.prefix { $0 == " " }
            rest = rest[gap.endIndex...]
            let word = rest.prefix { $0 != " " }
            if word.isEmpty { break }
            rest = rest[word.endIndex...]
            let length = width(word)
            if reached > 0, reached + gap.count + length > columns {
                lines.append(current)
                let indent = max(least, min(hanging, columns - length))
                current = String(repeating: " ", count: indent) + word
                reached = indent + length
            } else {
                current.append(contentsOf: gap)
                current.append(contentsOf: word)
                reached += gap.count + length
            }
        }
        return lines + [current]
    }

    /// How far in the rest of `line` stands once it is broken.
    private static func hanging(of line: String) -> Int {
        let margin = line.prefix { $0 == " " }.count
        let body = line.dropFirst(margin)
        guard let gap = body.firstRange(of: "  ") else { return margin + step }
        let end = body[gap.lowerBound...].firstIndex { $0 != " " } ?? line.endIndex
        let column = line.distance(from: line.startIndex, to: end)
        return column <= lastLabel ? column : margin + step
    }

    /// How many columns `text` takes; what gives it colour takes none.
    private static func width(_ text: some StringProtocol) -> Int {
        guard text.utf8.contains(0x1b) else { return text.count }
        var isColour = false
        return text.count { character in
            if character == "\u{1b}" { isColour = true }
            defer { if character == "m" { isColour = false } }
            return !isColour
        }
    }
}

extension String {
    /// The text without the characters at its end that `isUnwanted` holds for.
    fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> String {
        var end = endIndex
        while end > startIndex, isUnwanted(self[index(before: end)]) { end = index(before: end) }
        return String(self[..<end])
    }
}
