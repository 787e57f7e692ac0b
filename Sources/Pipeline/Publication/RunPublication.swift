import Model
import Reporting

/// Writes the page on a run over several images, beside the folders of their reports.
enum RunPublication {
    /// Writes it where there are several images and HTML was asked for; what could not be audited is in it too.
    static func write(
        _ reports: ReportSelection, under judgement: Judgement, _ layout: ReportLayout, asOf: Instant,
        into result: inout AuditResult
    ) {
        let entries = result.outcomes.compactMap(\.entry) + result.unaudited
        guard let folder = reports.folder, entries.count > 1, reports.formats.contains("html") else { return }
        let run = RunReport(
            entries, policy: judgement.loaded.policy, asOf: asOf, toolVersion: Product.version)
        do {
            let file = try RunPage.file(run, templates: layout.given?.library)
            result.index = try ReportFiles.save([file], in: folder).first
        } catch {
            result.errors.append(Publication.failure(error))
        }
    }
}
