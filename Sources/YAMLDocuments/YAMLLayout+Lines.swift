extension YAMLLayout {
    /// The lines with their new indentation.
    func rendered() -> String {
        var text: [String] = []
        /// Blank lines that have not been written yet.
        var blanks = 0
        var last: Token?
        /// Where the first line of the text block below the last token stands.
        var blockStart: Int?
        func write(_ line: String, at indent: Int, keepingBlanks: Bool) {
            let count = text.isEmpty ? 0 : keepingBlanks ? blanks : min(blanks, 1)
            text += Array(repeating: "", count: count)
            text.append(String(repeating: " ", count: max(0, indent)) + line)
            blanks = 0
        }
        for (number, line) in lines.enumerated() {
            guard let start = line.firstIndex(where: { !$0.isBlank }) else {
                blanks += 1
                continue
            }
            if let starting = tokens[number], let first = starting.first {
                let keepsBlanks = last?.block?.keepsBlanks ?? false
                write(Self.opening(line, starting), at: first.indent, keepingBlanks: keepsBlanks)
                last = starting.last
                blockStart = nil
            } else if let block = last?.block, start > block.column {
                let base = blockStart ?? start
                blockStart = base
                write(Self.text(line[start...]), at: block.indent + 2 + start - base, keepingBlanks: true)
            } else if line[start] == "#" {
                let keepsBlanks = last?.block?.keepsBlanks ?? false
                write(
                    Self.trimmed(line[start...]), at: indent(ofCommentAt: start, in: number, after: last),
                    keepingBlanks: keepsBlanks)
            } else if start == 0 {
                // The marks of a document's begin and end.
                write(Self.trimmed(line[...]), at: 0, keepingBlanks: false)
            } else {
                let shift = last.map { $0.indent - $0.column } ?? 0
                write(Self.trimmed(line[start...]), at: start + shift, keepingBlanks: true)
            }
        }
        if last?.block?.keepsBlanks ?? false {
            // The last line break made one more line than there is.
            text += Array(repeating: "", count: max(0, blanks - 1))
        }
        return text.joined(separator: "\n") + "\n"
    }

    /// A line in which something begins, from there on.
    private static func opening(_ line: [Unicode.Scalar], _ tokens: [Token]) -> String {
        let dashes = tokens.filter(\.isDash).map { _ in "-" }
        guard let last = tokens.last else { return "" }
        let rest = trimmed(line.dropFirst(last.isDash ? last.column + 1 : last.column).drop(while: \.isBlank))
        return (dashes + (rest.isEmpty ? [] : [rest])).joined(separator: " ")
    }

    /// A comment goes with what follows at its own column, else with the last that began there.
    private func indent(ofCommentAt column: Int, in number: Int, after last: Token?) -> Int {
        let next = (number + 1..<lines.count).lazy.compactMap { tokens[$0]?.first }.first
        if let next, next.column == column { return next.indent }
        let before = (0..<number).reversed().lazy.compactMap { line in
            tokens[line]?.first { $0.column == column }
        }
        return before.first?.indent ?? column + (last.map { $0.indent - $0.column } ?? 0)
    }

    private static func text(_ line: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: line)
        return String(text)
    }

    private static func trimmed(_ line: ArraySlice<Unicode.Scalar>) -> String {
        text(line.prefix((line.lastIndex { !$0.isBlank } ?? line.startIndex - 1) - line.startIndex + 1))
    }
}
