internal import JSONDocuments
package import Model

/// The forms in which a comparison of two audits can be had.
package enum DifferenceFormat: String, CaseIterable, Sendable {
    case text, markdown, json, junit

    /// What came out, in a line.
    package static func summary(of difference: AuditDifference, failing: Set<Change>) -> String {
        let page = DifferencePage(difference, failing: failing)
        return "\(page.outcome.word)  \(page.totals)"
    }

    /// The comparison's bytes; `failing` are the changes that the run fails on, and `color` is for terminals only.
    package func write(
        _ difference: AuditDifference, failing: Set<Change>, color: Bool = false
    ) throws(ReportError) -> [UInt8] {
        switch self {
        case .text:
            let page = DifferencePage(difference, failing: failing)
            return Array((DifferenceText(page, color: color).lines.joined(separator: "\n") + "\n").utf8)
        case .markdown:
            let page = DifferencePage(difference, failing: failing)
            return Array(DifferenceMarkdown.page(page).text(limit: MarkdownFormat.limit).utf8)
        case .json:
            return try CanonicalJSON.encode(difference, for: "the comparison")
        case .junit:
            let page = DifferencePage(difference, failing: failing)
            return try JUnitDocument(.strict).write(DifferenceSuites.all(page), to: "the comparison")
        }
    }
}
