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
