internal import Model

/// What the terminal says of an image: one line of at most 80 columns.
package struct Summary: Sendable {
    private static let columns = 80

    private let status: Status
    private let word: String
    private let name: SafeText
    private let counts: SafeText

    package init(_ report: Report) {
        status = report.verdict.status
        word = status.label.text.uppercased()
        counts = Self.counts(report)
        // What is left after the word, the counts and the spaces between goes to the name.
        let room = max(Self.columns - word.count - counts.text.count - 4, 12)
        name = report.image.name.shortenedToEnd(of: room)
    }

    /// The line, without its line feed.
    package func line(color: Bool) -> String {
        let shown = color ? "\u{1b}[1;\(Self.code(status))m\(word)\u{1b}[0m" : word
        return "\(shown)  \(name)  \(counts)"
    }

    private static func counts(_ report: Report) -> SafeText {
        let failed = report.rules.count { $0.status == .fail }
        let missing = report.rules.count { $0.status == .notAssessed || $0.status == .error }
        var parts: [SafeText] = ["\(failed)/\(report.rules.count) rules fail"]
        if missing > 0 { parts.append("\(missing) unknown") }
        let findings = report.subjects.count(where: \.isFinding)
        parts.append("\(findings, "finding")")
        return .joined(parts, by: ", ")
    }

    private static func code(_ status: Status) -> Int {
        switch status {
        case .pass: 32
        case .warn, .waived, .notAssessed: 33
        case .fail, .error: 31
        case .notApplicable, .manual: 36
        }
    }
}
