package import Model
import Reporting

/// What came of a run over one or more images.
package struct AuditResult: Sendable {
    /// One for each platform of each image that could be read, in the order given.
    package var outcomes: [ImageOutcome] = []
    /// What went wrong with the others, or with the run as a whole.
    package var errors: [AuditError] = []
    /// The images that could not be audited, each with the reason.
    var unaudited: [RunEntry] = []
    /// The page on all images, where there were several.
    package var index: String?
    /// What whoever asked should know of the rules and of the source tree, in no report or beside it.
    package var notes: [String] = []
    /// The bundle that was written, and whose signature it bears.
    package var bundle: String?

    /// Whether several platforms of the image that `outcome` is about were read.
    package func isOneOfSeveral(_ outcome: ImageOutcome) -> Bool {
        outcomes.count { $0.image.name == outcome.image.name } > 1
    }
}

/// What came out for one image.
package struct ImageOutcome: Sendable {
    package let image: ImageFacts
    /// The image's platform, safe to print.
    package let platform: String
    /// Of the assessment; for evidence that was not judged, `pass` where it is complete and `not-assessed` where not.
    package let status: Status
    /// One line for a terminal, with colour if asked for.
    package let summary: @Sendable (_ colour: Bool) -> String
    /// What the caller should know beside the reports.
    package let warnings: [String]
    /// What was not looked at and withholds a pass, in a line each.
    package let shortfalls: [String]
    /// The layers that hold secrets.
    let leaks: [LayerLeak]
    /// What the page on the run shows of it; nil where it was not judged.
    let entry: RunEntry?
    /// The folder the reports were written to.
    package let folder: String?
    /// The one report that was asked for on standard output.
    package let standardOutput: [UInt8]?
}
