/// A page of bounded size: tables lose rows, never parts of rows, and say how many.
struct MarkdownPage {
    private enum Block {
        case text(String)
        case table(MarkdownTable)
    }

    private var blocks: [Block] = []

    mutating func add(_ paragraph: String) { blocks.append(.text(paragraph + "\n\n")) }

    mutating func add(_ table: MarkdownTable) { blocks.append(.table(table)) }

    /// The page in at most `limit` bytes of UTF-8, and so in at most as many characters.
    ///
    /// Each table is left a fair part whatever comes before it, and the tables above get what those below leave.
    func text(limit: Int) -> String {
        var room = limit
        for case .text(let text) in blocks { room -= text.utf8.count }
        var waiting = blocks.reduce(0) { $0 + Self.reserve($1) }
        var result = ""
        for block in blocks {
            switch block {
            case .text(let text):
                result += text
            case .table(let table):
                waiting -= Self.reserve(block)
                let text = table.text(limit: room - waiting)
                room -= text.utf8.count
                result += text
            }
        }
        return result
    }

    private static func reserve(_ block: Block) -> Int {
        guard case .table(let table) = block else { return 0 }
        return table.size(upTo: 4000)
    }
}

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
