/// One self-contained page: nothing loaded from elsewhere, one script of our own that the page does without, and a policy
/// that lets the browser run and load nothing else.
struct HTMLFormat: ReportFormat {
    let id = "html"
    let fileName = "report.html"
    let mediaType = "text/html"
    let summary = "the whole report as one self-contained page"
    let isDefault = true
    /// Nil for the built-in ones.
    var templates: TemplateLibrary?

    func write(_ report: Report) throws(ReportError) -> [UInt8] { try collected(report) }

    func write(_ report: Report, to sink: ReportSink) throws(ReportError) {
        let templates = try TemplateLibrary.chosen(templates)
        let views = HTMLViews(report: report)
        let page = try templates.render("report", view: views.page(templates), unknown: views.unknown)
        guard views.isLong else { return try sink(Array(page.utf8)[...]) }
        try FindingRows(templates).write(page, groups: report.remedies.map(\.subjects), to: sink)
    }
}
