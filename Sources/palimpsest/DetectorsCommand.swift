import ArgumentParser
import Pipeline

/// `palimpsest detectors ...`: what can be done with detector rules without an image.
struct DetectorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detectors", abstract: "Lists and checks detector rules.",
        subcommands: [List.self, Check.self])

    /// `palimpsest detectors list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the rules: kind, severity, title.")

        @Argument(help: ArgumentHelp("More rule files, beside the built-in ones.", valueName: "file"))
        var files: [String] = []

        func run() throws {
            try Listing.print { () throws(AuditError) in try DetectorListing.rules(adding: files) }
        }
    }

    /// `palimpsest detectors check`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compiles every rule in both engines and tries its examples and counterexamples.",
            discussion: "Exit status: 0 all rules hold · 3 some do not")

        @Argument(help: ArgumentHelp("More rule files, beside the built-in ones.", valueName: "file"))
        var files: [String] = []

        func run() throws {
            try Listing.print { () throws(AuditError) in try DetectorListing.check(adding: files) }
        }
    }
}
