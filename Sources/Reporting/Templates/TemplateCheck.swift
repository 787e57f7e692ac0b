/// Walks the templates of the pages as rendering would, with the names that are there at each place.
///
/// Rendering says nothing of a section without an end in a partial that no image needs; this finds all of it at once, and
/// before any image is read.
struct TemplateCheck {
    /// One section that is open.
    private struct Section {
        let tag: TemplateTag
        let scope: Scope
    }

    /// The names at a place; nil where the section's own name is unknown, so that no mistake is told twice.
    private struct Scope {
        let path: String
        let names: TemplateNames?
        /// Whether `{{.}}` stands for a text.
        let isPlain: Bool
    }

    /// By their names without ending.
    private let templates: [String: [TemplateTag]]
    private let file: (String) -> String
    private(set) var faults: Set<TemplateFault> = []
    /// The templates that some page comes to.
    private(set) var reached: Set<String> = []
    private var walked: Set<String> = []

    /// `texts` are the templates by their names; `file` says what to call the file of one.
    init(_ texts: [String: String], file: @escaping (String) -> String) {
        self.file = file
        var parsed: [String: [TemplateTag]] = [:]
        var open: [TemplateFault] = []
        for (name, text) in texts {
            let (tags, unended) = TemplateTag.all(in: text)
            parsed[name] = tags
            if let unended {
                open.append(
                    TemplateFault(file: file(name), place: unended, reason: "this tag has no end"))
            }
        }
        templates = parsed
        faults = Set(open)
        for (page, names) in TemplateNames.pages.sorted(by: { $0.key < $1.key }) {
            walk(page, in: Scope(path: page, names: names, isPlain: false), from: [])
        }
    }

    private mutating func walk(_ name: String, in scope: Scope, from callers: [String]) {
        reached.insert(name)
        guard walked.insert("\(name) \(scope.path) \(scope.isPlain)").inserted else { return }
        var open: [Section] = []
        for tag in templates[name] ?? [] {
            let here = open.last?.scope ?? scope
            switch tag.kind {
            case .text: check(tag, in: here, of: name)
            case .raw:
                if check(tag, in: here, of: name), !["styleSheet", "script"].contains(tag.name) {
                    note("\(tag.name) may hold anything, and is not put in unescaped", tag, name)
                }
            case .section: open.append(Section(tag: tag, scope: inside(tag, of: here, name)))
            case .inverted:
                if check(tag, in: here, of: name) { requireAskable(tag, in: here, of: name) }
                open.append(Section(tag: tag, scope: here))
            case .end:
                guard let section = open.popLast(), section.tag.name == tag.name else {
                    return note("no section \(tag.name) is open here", tag, name)
                }
            case .partial: include(tag, in: here, of: name, from: callers)
            case .other: note("only names, sections, comments and partials can be used", tag, name)
            }
        }
        if let section = open.last { note("this section has no end", section.tag, name) }
    }

    private mutating func include(
        _ tag: TemplateTag, in scope: Scope, of name: String, from callers: [String]
    ) {
        if templates[tag.name] == nil {
            note(unknown("template", tag.name, Array(templates.keys)), tag, name)
        } else if tag.name == name || callers.contains(tag.name) {
            note("\(tag.name) would be put into itself", tag, name)
        } else {
            walk(tag.name, in: scope, from: callers + [name])
        }
    }

    private mutating func inside(_ tag: TemplateTag, of scope: Scope, _ name: String) -> Scope {
        if check(tag, in: scope, of: name) { requireAskable(tag, in: scope, of: name) }
        switch scope.names?.values[tag.name] {
        case .plain, .cell: return Scope(path: scope.path, names: scope.names, isPlain: true)
        case .view(let names): return Scope(path: "\(scope.path)/\(tag.name)", names: names, isPlain: false)
        case nil: return Scope(path: "\(scope.path)/?", names: nil, isPlain: true)
        }
    }

    @discardableResult
    private mutating func check(_ tag: TemplateTag, in scope: Scope, of name: String) -> Bool {
        guard let names = scope.names, !(tag.name == "." && scope.isPlain) else { return true }
        if let value = names.values[tag.name] {
            guard case .view = value, tag.kind == .text else { return true }
            note("\(tag.name) is no text: {{#\(tag.name)}} goes into it", tag, name)
            return false
        }
        note(unknown("name", tag.name, Array(names.values.keys)), tag, name)
        return false
    }

    private mutating func requireAskable(_ tag: TemplateTag, in scope: Scope, of name: String) {
        guard case .cell? = scope.names?.values[tag.name] else { return }
        note("\(tag.name) can only be shown: the row is laid out once for all findings", tag, name)
    }

    private func unknown(_ kind: String, _ name: String, _ known: [String]) -> String {
        "there is no \(kind) \(String(reflecting: name)) here; there are: "
            + known.sorted().joined(separator: ", ")
    }

    private mutating func note(_ reason: String, _ tag: TemplateTag, _ name: String) {
        // What stands at several places of a page is told once.
        guard !faults.contains(where: { $0.file == file(name) && $0.place == tag.place }) else { return }
        faults.insert(
            TemplateFault(
                file: file(name), place: tag.place, reason: SafeText.cleaning(reason, limit: 900).text))
    }
}
