internal import Mustache
internal import Synchronization

/// What a template may be given: cleaned text, numbers, booleans, views and lists of views; a `String` is none of them.
protocol TemplateValue: Sendable {}

extension SafeText: TemplateValue {}
extension Int: TemplateValue {}
extension Bool: TemplateValue {}
extension TemplateView: TemplateValue {}
extension [TemplateView]: TemplateValue {}
extension TemplateViews: TemplateValue {}

/// Empty text counts as absent, so that `{{#note}}…{{/note}}` shows something only where there is a note.
extension SafeText: MustacheCustomRenderable {
    package var renderText: String { text }
    package var isNull: Bool { text.isEmpty }
}

/// The names a template can use at one place, and nothing beyond: no name of an outer view is seen in an inner one.
///
/// Mustache prints nothing for a name that is missing, and for a compliance report that would be a silent hole.
/// Such names are noted instead, and make rendering fail.
struct TemplateView: MustacheParent, Sendable {
    let fields: [String: any TemplateValue]
    private let unknown: UnknownNames

    init(_ fields: [String: any TemplateValue], unknown: UnknownNames) {
        self.fields = fields
        self.unknown = unknown
    }

    func child(named name: String) -> Any? {
        if let value = fields[name] { return value }
        unknown.note(name)
        // Not nil: that would make Mustache look for the name in the views around this one.
        return false
    }
}

/// Names that templates used and views did not have.
final class UnknownNames: Sendable {
    private let names = Mutex<Set<String>>([])

    func note(_ name: String) { names.withLock { _ = $0.insert(name) } }

    var sorted: [String] { names.withLock { $0.sorted() } }
}
