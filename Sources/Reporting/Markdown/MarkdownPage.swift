/// A page of bounded size: tables lose rows, never parts of rows, and say how many.
struct MarkdownPage {
    private enum Block {
        case text(String)
        case table(MarkdownTable)

        var isHeading: Bool {
            if case .text(let text) = self { text.hasPrefix("#") } else { false }
        }
    }

    private var blocks: [Block] = []

    mutating func add(_ paragraph: String) { blocks.append(.text(paragraph + "\n\n")) }

    mutating func add(_ table: MarkdownTable) { blocks.append(.table(table)) }

    /// The page in at most `limit` bytes of UTF-8, and so in at most as many characters.
    ///
    /// Each table is left a fair part whatever comes before it, and the tables above get what those below leave.
    ///
    /// Where not even the paragraphs have room, the page ends before the first that has none, and says so.
    func text(limit: Int) -> String {
        var rest = blocks[...]
        var kept: [Block] = []
        var room = limit - Self.ending
        while let block = rest.first, Self.least(block) <= room {
            room -= Self.least(block)
            kept.append(rest.removeFirst())
        }
        guard rest.isEmpty else {
            let sections = rest.count(where: \.isHeading)
            return Self.text(kept, limit: limit - Self.ending)
                + SafeText("**The page ends here: \(sections, "more section") left out for want of room.**\n")
                .text
        }
        return Self.text(blocks, limit: limit)
    }

    /// What the sentence at the end of a page takes that has not all.
    private static let ending = 120

    /// What a block takes at least; of a table its heads, and that rows are missing.
    private static func least(_ block: Block) -> Int {
        switch block {
        case .text(let text): text.utf8.count
        case .table(let table): table.least
        }
    }

    private static func text(_ blocks: [Block], limit: Int) -> String {
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
