/// What is wrong with a template that was given, and where.
struct TemplateFault: Hashable, Comparable {
    let file: String
    /// Nil where it is about the file as a whole.
    let place: TemplatePlace?
    let reason: String

    private static let before = 60
    private static let longest = 96

    static func < (left: TemplateFault, right: TemplateFault) -> Bool {
        if left.file != right.file { return left.file < right.file }
        let start = TemplatePlace(line: 0, column: 0)
        if left.place != right.place { return left.place ?? start < right.place ?? start }
        return left.reason < right.reason
    }

    /// As a person is told: file, line, column, what it is, and the place in the line; `text` is the template's.
    func described(with text: String?) -> String {
        guard let place else { return "\(file): error: \(reason)" }
        let head = "\(file):\(place.line):\(place.column): error: \(reason)"
        let lines = text?.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) ?? []
        guard lines.indices.contains(place.line - 1) else { return head }
        let scalars = lines[place.line - 1].unicodeScalars.map { scalar -> String in
            scalar.properties.generalCategory == .control ? " " : String(scalar)
        }
        let start = max(place.column - 1 - Self.before, 0)
        let shown = scalars.dropFirst(start).prefix(Self.longest).joined()
        // Line by line, and nothing in it that a terminal would take for a command.
        let line = SafeText.cleaning(shown).text
        return "\(head)\n  \(line)\n  \(String(repeating: " ", count: place.column - 1 - start))^"
    }
}
