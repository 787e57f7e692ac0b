extension YAMLLayout {
    /// The lines with their new indentation.
    func rendered() -> String {
        var text: [String] = []
        /// Blank lines that have not been written yet.
        var blanks = 0
        var last: Token?
        /// Where the first line of the text block below the last token stands.
        var blockStart: Int?
        /// Where what began at a column so far is to stand, and by line what begins next.
        var indents: [Int: Int] = [:]
        let next = following()
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
                for token in starting { indents[token.column] = token.indent }
            } else if let block = last?.block, start > block.column {
                let base = blockStart ?? start
                blockStart = base
                write(Self.text(line[start...]), at: block.indent + 2 + start - base, keepingBlanks: true)
            } else if line[start] == "#" {
                // It goes with what follows at its own column, else with the last that began there.
                let own = next[number].flatMap { $0.column == start ? $0.indent : nil } ?? indents[start]
                write(
                    Self.trimmed(line[start...]),
                    at: own ?? start + (last.map { $0.indent - $0.column } ?? 0),
                    keepingBlanks: last?.block?.keepsBlanks ?? false)
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

    /// Of each line the first thing that begins in one behind it.
    private func following() -> [Token?] {
        var following = Array<Token?>(repeating: nil, count: lines.count)
        var next: Token?
        for number in lines.indices.reversed() {
            following[number] = next
            next = tokens[number]?.first ?? next
        }
        return following
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
