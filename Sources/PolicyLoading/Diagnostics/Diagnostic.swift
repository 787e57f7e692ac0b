/// One thing that is wrong with a document, where, and what to write instead.
package struct Diagnostic: Sendable {
    package enum Code: String, Sendable, CaseIterable {
        /// No YAML, or a part of YAML that we do not read.
        case yaml
        case unknownKind, unsuitableKind, noPolicy
        case notMapping, notList, unknownKey, missingKey
        case wrongType, unknownValue, malformed, tooFew
        case duplicate, unknownReference, cycle
        case unknownControl, withdrawnControl, ambiguousControl
        case unknownField, wrongOperator, unclearMatcher, neverMatches
        case contradiction
    }

    package let code: Code
    package let file: String
    /// From 1.
    package let line: Int
    /// From 1, in Unicode characters (scalars).
    package let column: Int
    /// Lower case, no full stop.
    package let message: String
    /// What to write instead, where that is clear.
    package let suggestion: String?
    /// The line of the document, as it stands there.
    package let sourceLine: String

    package init(
        _ code: Code, file: String, line: Int, column: Int, message: String, suggestion: String? = nil,
        sourceLine: String = ""
    ) {
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.suggestion = suggestion
        self.sourceLine = sourceLine
    }
}

extension Diagnostic: Hashable {
    package static func == (left: Diagnostic, right: Diagnostic) -> Bool {
        (left.code, left.file, left.line, left.column) == (right.code, right.file, right.line, right.column)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(file)
        hasher.combine(line)
        hasher.combine(column)
    }
}

extension Diagnostic: Comparable {
    /// By file, place, and then by what is said.
    package static func < (left: Diagnostic, right: Diagnostic) -> Bool {
        guard left.file == right.file else { return left.file < right.file }
        return (left.line, left.column, left.code.rawValue, left.message)
            < (right.line, right.column, right.code.rawValue, right.message)
    }
}

extension Diagnostic: CustomStringConvertible {
    /// Three or four lines: place and message, the source line, a caret below the column, the suggestion.
    package var description: String {
        let head = "\(DisplayText.line(file)):\(line):\(column): error: \(DisplayText.line(message))"
        let number = String(line)
        let margin = String(repeating: " ", count: number.utf8.count)
        let excerpt = SourceExcerpt(sourceLine, column: column)
        var lines = [
            head, " \(number) |" + (excerpt.text.isEmpty ? "" : " \(excerpt.text)"),
            " \(margin) | \(excerpt.caret)",
        ]
        if let suggestion { lines.append(" \(margin) = did you mean \(DisplayText.line(suggestion))?") }
        return lines.joined(separator: "\n")
    }
}
