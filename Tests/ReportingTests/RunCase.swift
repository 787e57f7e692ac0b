import Model

@testable import Reporting

/// A run over the images of all cases, and one that could not be audited.
enum RunCase {
    static let entries: [RunEntry] =
        ReportCase.all.map { entry(of: $0) }
        + [RunEntry(failed: "oci:missing\u{1b}[31m<b>", because: "no such file or folder")]

    static let all = run(entries)

    static func entry(of example: ReportCase, named name: String? = nil, digest: Int? = nil) -> RunEntry {
        let changed = example.changed(image: { image in
            if let name { image.name = name }
            if let digest { image.digest = Made.digest(digest) }
        })
        return RunEntry(
            changed.report, leaks: LayerLeak.all(in: changed.evidence),
            folder: changed.evidence.image.folderName)
    }

    static func run(_ entries: [RunEntry]) -> RunReport {
        RunReport(
            entries, policy: ReportCase.clean.policy, asOf: ReportCase.asOf, toolVersion: "0.1.0")
    }
}
