/// A document laid out in one way: two spaces a level, lists below their keys, one blank line in a row at most.
///
/// Only white space changes: words, quotes, order and comments stay as they were written, which libyaml's own emitter
/// could not keep. What comes out is read again, and refused where it would say anything else than before.
package struct YAMLLayout {
    /// The dash of a list's element, or a key or a value, that begins in a line.
    struct Token {
        let isDash: Bool
        /// Where it stands, in characters from 0.
        let column: Int
        /// Where it is to stand.
        let indent: Int
        /// The text in lines of its own (`|`, `>`) that follows it; nil where none does.
        var block: Block?
    }

    struct Block {
        /// Where what holds it is to stand.
        let indent: Int
        /// Where that stands: whatever stands further right below belongs to the text.
        let column: Int
        /// Whether blank lines at its end count (`|+`).
        let keepsBlanks: Bool
    }

    let lines: [[Unicode.Scalar]]
    /// By line, from 0.
    private(set) var tokens: [Int: [Token]] = [:]

    /// The text of `document`, laid out.
    package static func text(of document: YAMLDocument) throws(YAMLError) -> String {
        let refusal = YAMLError(
            .layout, at: .init(file: document.file, mark: document.root.mark),
            "cannot be laid out without changing what it says")
        var layout = YAMLLayout(lines: document.source.lines.map { Array($0.unicodeScalars) })
        guard layout.place(document.root, at: 0) else { throw refusal }
        let text = layout.rendered()
        let again: YAMLDocument
        do { again = try YAMLDocument.parse(Array(text.utf8), file: document.file) } catch { throw refusal }
        guard again.root.says(document.root) else { throw refusal }
        return text
    }

    private init(lines: [[Unicode.Scalar]]) { self.lines = lines }

    /// Finds out what begins in which line; false where a list's dash is not found.
    private mutating func place(_ node: YAMLNode, at indent: Int) -> Bool {
        switch node.content {
        case .mapping(let pairs) where !isInBrackets(node):
            for pair in pairs {
                let column = pair.keyMark.column - 1
                add(pair.keyMark, at: indent, before: pair.value, heldAt: column, indent)
                guard place(pair.value, at: indent + 2) else { return false }
            }
        case .sequence(let elements) where !isInBrackets(node):
            for element in elements {
                guard let dash = dash(before: element.mark) else { return false }
                tokens[dash.line, default: []].append(
                    Token(isDash: true, column: dash.column, indent: indent))
                if element.isScalar || isInBrackets(element) {
                    add(element.mark, at: indent + 2, before: element, heldAt: dash.column, indent)
                }
                guard place(element, at: indent + 2) else { return false }
            }
        case .scalar, .mapping, .sequence: break
        }
        return true
    }

    private mutating func add(
        _ mark: YAMLMark, at indent: Int, before value: YAMLNode, heldAt column: Int, _ holder: Int
    ) {
        var token = Token(isDash: false, column: mark.column - 1, indent: indent)
        if value.isScalar, let sign = character(at: value.mark), sign == "|" || sign == ">" {
            let header = lines[value.mark.line - 1][(value.mark.column - 1)...].prefix { $0 != "#" }
            token.block = Block(indent: holder, column: column, keepsBlanks: header.contains("+"))
        }
        tokens[mark.line - 1, default: []].append(token)
    }

    private func isInBrackets(_ node: YAMLNode) -> Bool {
        guard !node.isScalar, let sign = character(at: node.mark) else { return false }
        return sign == "[" || sign == "{"
    }

    private func character(at mark: YAMLMark) -> Unicode.Scalar? {
        guard lines.indices.contains(mark.line - 1) else { return nil }
        let line = lines[mark.line - 1]
        return line.indices.contains(mark.column - 1) ? line[mark.column - 1] : nil
    }

    /// The dash of the element at `mark`: before it in its line, or at the end of one above.
    private func dash(before mark: YAMLMark) -> (line: Int, column: Int)? {
        var line = min(mark.line, lines.count) - 1
        var before = lines[line].prefix(mark.column - 1)
        while before.allSatisfy(\.isBlank), line > 0 {
            line -= 1
            before = lines[line].prefix { $0 != "#" }
        }
        guard let last = before.lastIndex(where: { !$0.isBlank }), before[last] == "-" else { return nil }
        return (line, last)
    }
}

extension Unicode.Scalar {
    var isBlank: Bool { self == " " || self == "\t" }
}

extension YAMLNode {
    fileprivate var isScalar: Bool { if case .scalar = content { true } else { false } }

    /// Whether it means the same, wherever the two stand.
    fileprivate func says(_ other: YAMLNode) -> Bool {
        switch (content, other.content) {
        case (.scalar, .scalar): content == other.content
        case (.sequence(let own), .sequence(let others)):
            own.count == others.count && zip(own, others).allSatisfy { $0.says($1) }
        case (.mapping(let own), .mapping(let others)):
            own.count == others.count
                && zip(own, others).allSatisfy { $0.key == $1.key && $0.value.says($1.value) }
        default: false
        }
    }
}
