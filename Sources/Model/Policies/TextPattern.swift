/// A regular expression over text, with whoever compiled it behind it.
package struct TextPattern: Sendable {
    package let text: String
    /// Whether it matches anywhere in a text; nil where that takes more steps than any honest text does.
    package let matches: @Sendable (String) -> Bool?

    package init(_ text: String, matches: @escaping @Sendable (String) -> Bool?) {
        self.text = text
        self.matches = matches
    }
}

extension TextPattern: Hashable {
    package static func == (left: TextPattern, right: TextPattern) -> Bool { left.text == right.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
