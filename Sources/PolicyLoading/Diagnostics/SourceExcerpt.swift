/// A line of a document and the caret below one of its columns; of a long line, the part around it.
struct SourceExcerpt {
    let text: String
    let caret: String

    private static let longest = 96
    /// How much of a long line is shown before the column, where there is that much.
    private static let before = 60

    init(_ line: String, column: Int) {
        // Only what is shown is looked at closely: a hostile line may be a megabyte, and have thousands of mistakes.
        let scalars = line.unicodeScalars
        let target =
            scalars.index(scalars.startIndex, offsetBy: max(column - 1, 0), limitedBy: scalars.endIndex)
            ?? scalars.endIndex
        let wanted = scalars.index(target, offsetBy: -Self.before, limitedBy: scalars.startIndex)
        let rest = scalars[(wanted ?? scalars.startIndex)...].prefix(Self.longest)
        let missing = rest.count - Self.longest
        let start =
            scalars.index(rest.startIndex, offsetBy: missing, limitedBy: scalars.startIndex)
            ?? scalars.startIndex
        let isCutBefore = start > scalars.startIndex
        let shown = scalars[start..<rest.endIndex].map { DisplayText.cell($0).text }.joined()
        text = (isCutBefore ? "…" : "") + shown + (rest.endIndex < scalars.endIndex ? "…" : "")
        let indent = scalars[start..<target].reduce(isCutBefore ? 1 : 0) { $0 + DisplayText.cell($1).width }
        caret = String(repeating: " ", count: indent) + "^"
    }
}
