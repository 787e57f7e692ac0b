/// The same page as ``MarkdownFormat`` has, with every row.
struct MarkdownFullFormat: ReportFormat {
    let id = "markdown-full"
    let fileName = "full.md"
    let mediaType = "text/markdown"
    let summary = "the same page with every row, however long"

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        Array(MarkdownFormat().page(of: report).text(limit: .max).utf8)
    }
}
