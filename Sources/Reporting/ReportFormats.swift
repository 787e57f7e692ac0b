/// The list that everything about formats is derived from.
package enum ReportFormats {
    package static let all: [any ReportFormat] = [
        HTMLFormat(),
        JUnitFormat(),
        MarkdownFormat(),
        EvidenceFormat(),
        AssessmentFormat(),
        SARIFFormat(),
        CSVFormat(),
        DefectDojoFormat(),
        OpenMetricsFormat(),
        PolicyReportFormat(),
        OpenReportsFormat(),
        OCSFFormat(),
        CycloneDXFormat(),
        OSCALFormat(),
        HDFFormat(),
        JUnitSurefireFormat(),
        JUnitGitLabFormat(),
        MarkdownSummaryFormat(),
        MarkdownFullFormat(),
    ]

    /// The same, with pages that these templates lay out; nil for the built-in ones.
    package static func named(_ id: String, with templates: TemplateLibrary?) -> (any ReportFormat)? {
        let format = named(id)
        return format is HTMLFormat ? HTMLFormat(templates: templates) : format
    }

    /// The format that `--format` calls by this name.
    package static func named(_ id: String) -> (any ReportFormat)? { all.first { $0.id == id } }
}
