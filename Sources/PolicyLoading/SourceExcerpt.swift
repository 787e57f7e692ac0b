/// A line of a document and the caret below one of its columns; of a long line, the part around it.
struct SourceExcerpt {
    let text: String
    let caret: String

    private static let longest = 96
    /// How much of a long line is shown before the column, where there is that much.
    private static let before = 60

    init(_ line: String, column: Int) {
        let cells = line.unicodeScalars.map(DisplayText.cell)
        let target = min(max(column - 1, 0), cells.count)
        let start = max(0, min(target - Self.before, cells.count - Self.longest))
        let end = min(cells.count, start + Self.longest)
        let lead = cells[start..<target]
        let shown =
            (start > 0 ? "…" : "") + cells[start..<end].map(\.text).joined() + (end < cells.count ? "…" : "")
        text = shown
        let indent = lead.reduce(start > 0 ? 1 : 0) { $0 + $1.width }
        caret = String(repeating: " ", count: indent) + "^"
    }
}
