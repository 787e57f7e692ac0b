internal import BuiltinTemplates
internal import Mustache

/// The HTML templates, parsed once.
struct TemplateLibrary: Sendable {
    static let builtin: Result<TemplateLibrary, ReportError> = load(BuiltinTemplates.files)

    private let library: MustacheLibrary
    let styleSheet: String

    /// The templates among `files`: everything below `html/`, by name without ending.
    static func load(_ files: [(path: String, text: String)]) -> Result<TemplateLibrary, ReportError> {
        MustacheContentTypes.register(HTMLEscaping(), named: HTMLEscaping.name)
        var library = MustacheLibrary()
        for (path, text) in files where path.hasPrefix("html/") && path.hasSuffix(".html") {
            let name = String(path.dropFirst(5).dropLast(5))
            do {
                // Each template begins with our escaping: a partial does not inherit it.
                try library.register("{{% CONTENT_TYPE:\(HTMLEscaping.name)}}\(text)", named: name)
            } catch {
                return .failure(
                    ReportError(
                        code: .template, place: path, reason: "is no valid template", underlying: "\(error)"))
            }
        }
        guard let styleSheet = files.first(where: { $0.path == "html/report.css" })?.text else {
            return .failure(ReportError(code: .template, place: "html/report.css", reason: "is missing"))
        }
        return .success(TemplateLibrary(library: library, styleSheet: styleSheet))
    }

    /// The page that the template `name` makes of the view; an error where it uses a name that the view does not have.
    func render(
        _ name: String, view: TemplateView, unknown: UnknownNames
    ) throws(ReportError) -> String {
        guard let page = library.render(view, withTemplate: name) else {
            throw ReportError(code: .template, place: "html/\(name).html", reason: "is missing")
        }
        guard unknown.sorted.isEmpty else {
            throw ReportError(
                code: .template, place: "html/\(name).html", reason: "uses names that its view does not have",
                underlying: unknown.sorted.joined(separator: ", "))
        }
        return page
    }
}
