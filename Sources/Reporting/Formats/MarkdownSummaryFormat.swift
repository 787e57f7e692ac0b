/// The same page as ``MarkdownFormat`` has, as long as a job summary of GitHub may be.
struct MarkdownSummaryFormat: ReportFormat {
    let id = "markdown-summary"
    let fileName = "summary.md"
    let mediaType = "text/markdown"
    let summary = "the same page as long as a job's step summary may be"

    /// GitHub takes 1 MiB of all steps of a job together; this leaves the others some.
    static let limit = 1_000_000

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        Array(MarkdownFormat().page(of: report).text(limit: Self.limit).utf8)
    }
}
