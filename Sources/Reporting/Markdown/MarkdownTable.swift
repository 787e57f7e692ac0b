/// A table with its heads; cells are Markdown already.
struct MarkdownTable {
    let heads: [String]
    let rows: [[String]]
    /// What a row is, for the sentence that says how many are left out.
    let noun: SafeText

    func text(limit: Int) -> String {
        var result = Self.line(heads) + Self.line(heads.map { _ in "---" })
        let tail = 160
        var room = limit - result.utf8.count - tail
        var shown = 0
        for row in rows {
            let line = Self.line(row)
            guard line.utf8.count <= room else { break }
            room -= line.utf8.count
            result += line
            shown += 1
        }
        let missing = rows.count - shown
        if missing > 0 {
            let sentence: SafeText =
                "\(missing, noun) of \(.grouped(rows.count)) left out here to keep the page short; the HTML report has all."
            result += "\n\(sentence)\n"
        }
        return result + "\n"
    }

    /// How many bytes the whole table takes, or `limit` where those are more.
    func size(upTo limit: Int) -> Int {
        var size = Self.line(heads).utf8.count * 2
        for row in rows where size < limit { size += Self.line(row).utf8.count }
        return min(size + 1, limit)
    }

    private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
}
