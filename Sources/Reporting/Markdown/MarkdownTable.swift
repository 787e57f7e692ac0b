/// A table with its heads; cells are Markdown already.
struct MarkdownTable {
    private let heads: [String]
    private let rows: AnySequence<[String]>
    private let count: Int
    /// What a row is, for the sentence that says how many are left out.
    private let noun: SafeText
    /// Where those are that are left out.
    private let whole: SafeText

    init(
        heads: [String], rows: [[String]], noun: SafeText, whole: SafeText = "the HTML report has all"
    ) {
        self.init(heads: heads, count: rows.count, rows: rows, noun: noun, whole: whole)
    }

    /// A table of `count` rows, of which no more are made than the page has room for.
    init(
        heads: [String], count: Int, rows: some Sequence<[String]>, noun: SafeText,
        whole: SafeText = "the HTML report has all"
    ) {
        self.heads = heads
        self.rows = AnySequence(rows)
        self.count = count
        self.noun = noun
        self.whole = whole
    }

    /// What the sentence on missing rows takes, and more.
    private static let tail = 160

    /// How many bytes it takes at least: with none of its rows, or whole where that is less.
    var least: Int {
        size(upTo: Self.line(heads).utf8.count + Self.line(heads.map { _ in "---" }).utf8.count + Self.tail)
    }

    func text(limit: Int) -> String {
        var result = Self.line(heads) + Self.line(heads.map { _ in "---" })
        var room = limit - result.utf8.count - Self.tail
        var shown = 0
        for row in rows {
            let line = Self.line(row)
            guard line.utf8.count <= room else { break }
            room -= line.utf8.count
            result += line
            shown += 1
        }
        let missing = count - shown
        if missing > 0 {
            let sentence: SafeText =
                "\(missing, noun) of \(.grouped(count)) left out here to keep the page short; \(whole)."
            result += "\n\(sentence)\n"
        }
        return result + "\n"
    }

    /// How many bytes the whole table takes, or `limit` where those are more.
    func size(upTo limit: Int) -> Int {
        var size = Self.line(heads).utf8.count * 2
        for row in rows {
            guard size < limit else { break }
            size += Self.line(row).utf8.count
        }
        return min(size + 1, limit)
    }

    private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
}
