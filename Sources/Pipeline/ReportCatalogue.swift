import Reporting

/// The formats that reports can be had in, for whoever offers a choice.
package enum ReportCatalogue {
    /// What `--format` takes, in the order in which help lists them.
    package static var formats: [String] { ReportFormats.all.map(\.id) }
}
