/// Text laid out for a terminal.
enum Columns {
    /// The words on as many indented lines as it takes to stay within 80 columns.
    static func wrapped(_ words: [String]) -> [String] {
        let words = words.flatMap { $0.split(separator: " ") }
        return words.reduce(into: []) { (lines: inout [String], word) in
            if let last = lines.last, last.count + 1 + word.count <= 80 {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append("    " + word)
            }
        }
    }

    /// Rows in columns as wide as their widest cell.
    static func aligned(_ rows: [[String]]) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return cells.joined(separator: "  ").trimmingSuffix(while: { $0 == " " })
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
