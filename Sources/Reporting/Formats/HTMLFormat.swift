internal import Cryptography

/// One self-contained page: no script, nothing loaded from elsewhere, and a policy that lets the browser load nothing.
struct HTMLFormat: ReportFormat {
    let id = "html"
    let fileName = "report.html"
    let mediaType = "text/html"
    let summary = "the whole report as one self-contained page"
    let isDefault = true

    func write(_ report: Report) throws(ReportError) -> [UInt8] {
        let templates = try TemplateLibrary.builtin.get()
        let digest = SHA256Hasher.hash(Array(templates.styleSheet.utf8))
        let views = HTMLViews(report: report)
        let page = views.page(
            styleSheet: .template(templates.styleSheet),
            styleHash: .template("sha256-" + Base64.encode(digest)))
        return Array(try templates.render("report", view: page, unknown: views.unknown).utf8)
    }
}

extension SafeText {
    /// Text of our own files, which is what it should be already.
    fileprivate static func template(_ text: String) -> SafeText { SafeText(stringLiteral: text) }
}
