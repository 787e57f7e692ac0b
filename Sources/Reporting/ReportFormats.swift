/// The list that everything about formats is derived from.
package enum ReportFormats {
    package static let all: [any ReportFormat] = [
        HTMLFormat(),
        JUnitFormat(),
        MarkdownFormat(),
        EvidenceFormat(),
        AssessmentFormat(),
    ]

    /// The format that `--format` calls by this name.
    package static func named(_ id: String) -> (any ReportFormat)? { all.first { $0.id == id } }
}
