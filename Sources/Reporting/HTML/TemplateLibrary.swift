internal import BuiltinTemplates
internal import Cryptography
internal import Mustache

/// The HTML templates, parsed once.
package struct TemplateLibrary: Sendable {
    static let builtin: Result<TemplateLibrary, ReportError> = load(BuiltinTemplates.files)

    private let library: MustacheLibrary
    let styleSheet: SafeText
    let script: SafeText
    /// As a page's policy names them.
    let styleHash: SafeText
    let scriptHash: SafeText

    /// Parses the built-in templates, so that whoever needs them first does not wait; what is wrong with them is told then.
    package static func prepare() { _ = builtin }

    /// These templates, or the built-in ones.
    static func chosen(_ given: TemplateLibrary?) throws(ReportError) -> TemplateLibrary {
        if let given { return given }
        return try builtin.get()
    }

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
        let assets = ["html/report.css", "html/report.js"].map { path in
            files.first { $0.path == path }?.text
        }
        guard let styleSheet = assets[0], let script = assets[1] else {
            let missing = assets[0] == nil ? "html/report.css" : "html/report.js"
            return .failure(ReportError(code: .template, place: missing, reason: "is missing"))
        }
        return .success(TemplateLibrary(library: library, styleSheet: styleSheet, script: script))
    }

    private init(library: MustacheLibrary, styleSheet: String, script: String) {
        self.library = library
        // Not cleaned, which would change them: they come with the templates, and from no image.
        self.styleSheet = SafeText(stringLiteral: styleSheet)
        self.script = SafeText(stringLiteral: script)
        styleHash = Self.hash(styleSheet)
        scriptHash = Self.hash(script)
    }

    private static func hash(_ text: String) -> SafeText {
        SafeText(stringLiteral: "sha256-" + Base64.encode(SHA256Hasher.hash(Array(text.utf8))))
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
