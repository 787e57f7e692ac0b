/// The page on a run over several images, which links the page of each.
package enum RunPage {
    package static let fileName = "index.html"

    /// The page's file; `templates` is nil for the built-in ones.
    package static func file(
        _ run: RunReport, templates: TemplateLibrary?
    ) throws(ReportError) -> ReportFiles.File {
        let templates = try TemplateLibrary.chosen(templates)
        let views = RunViews(run: run)
        let page = try templates.render("index", view: views.page(templates), unknown: views.unknown)
        return ReportFiles.File(name: fileName, bytes: Array(page.utf8))
    }
}
