/// One form in which a report can be had.
///
/// A new one is one file in `Formats/` and one line in ``ReportFormats/all``; `--format`, help, completion, dashboard
/// links and the contract tests read that list.
package protocol ReportFormat: Sendable {
    /// What `--format` calls it.
    var id: String { get }
    /// What the file in the report folder is called.
    var fileName: String { get }
    var mediaType: String { get }
    /// What it is for, in a few words, as `--help` says it.
    var summary: String { get }
    /// Whether it is written where no format is named; a feed is written for whoever asks for it.
    var isDefault: Bool { get }

    /// The report's bytes; the same report always gives the same.
    func write(_ report: Report) throws(ReportError) -> [UInt8]

    /// Hands on the same bytes; a format that can be long does so piece by piece.
    func write(_ report: Report, to sink: ReportSink) throws(ReportError)
}

extension ReportFormat {
    package var isDefault: Bool { false }

    package func write(_ report: Report, to sink: ReportSink) throws(ReportError) {
        try sink(try write(report)[...])
    }

    /// All that the format hands on.
    func collected(_ report: Report) throws(ReportError) -> [UInt8] {
        var all: [UInt8] = []
        try write(report) { (bytes) throws(ReportError) in all += bytes }
        return all
    }
}
