/// A line of a document and the caret below one of its columns; of a long line, the part around it.
struct SourceExcerpt {
    let text: String
    let caret: String

    private static let before = 60
    private static let after = 36

    init(_ line: String, column: Int) {
        let cells = line.unicodeScalars.map(DisplayText.cell)
        let target = min(max(column - 1, 0), cells.count)
        let isLong = cells.count > Self.before + Self.after
        let start = isLong ? max(0, target - Self.before) : 0
        let end = isLong ? min(cells.count, target + Self.after) : cells.count
        let lead = cells[start..<target]
        let shown =
            (start > 0 ? "…" : "") + cells[start..<end].map(\.text).joined() + (end < cells.count ? "…" : "")
        text = shown
        let indent = lead.reduce(start > 0 ? 1 : 0) { $0 + $1.width }
        caret = String(repeating: " ", count: indent) + "^"
    }
}
