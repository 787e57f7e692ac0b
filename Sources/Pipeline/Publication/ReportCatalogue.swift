import Reporting

/// The formats that reports can be had in, for whoever offers a choice.
package enum ReportCatalogue {
    /// What `--format` takes, in the order in which help lists them.
    package static var formats: [String] { ReportFormats.all.map(\.id) }

    /// What is written where none is named.
    package static var defaults: [String] { ReportFormats.all.filter(\.isDefault).map(\.id) }

    /// What each format is for, by its id.
    package static var summaries: [String: String] {
        Dictionary(ReportFormats.all.map { ($0.id, $0.summary) }) { first, _ in first }
    }
}
