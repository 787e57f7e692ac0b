import ArgumentParser
import Pipeline

/// `palimpsest detectors ...`: what can be done with detector rules without an image.
struct DetectorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detectors", abstract: "Lists and checks detector rules.",
        subcommands: [List.self, Check.self])

    /// `palimpsest detectors list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Lists the rules: kind, severity, title.")

        @Argument(
            help: ArgumentHelp(
                "More rule files, beside the built-in ones; .toml is a rule file of gitleaks.",
                valueName: "file"))
        var files: [String] = []

        func run() throws {
            try Listing.print { () throws(AuditError) in
                try DetectorListing.rules(adding: files, within: Terminal.outputColumns)
            }
        }
    }

    /// `palimpsest detectors check`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract:
                "Tries every rule in both engines: its examples, its counterexamples, and what makes it backtrack.",
            discussion: """
                A file that ends in .toml is a rule file of gitleaks; what of it is not carried over is listed.

                Exit status: 0 all rules hold, perhaps with warnings · 3 some do not
                """)

        @Argument(
            help: ArgumentHelp(
                "More rule files, beside the built-in ones; .toml is a rule file of gitleaks.",
                valueName: "file"))
        var files: [String] = []

        func run() throws {
            try Listing.print(whileChecking: true) { () throws(AuditError) in
                let result = try DetectorListing.check(adding: files)
                for warning in result.warnings { Console.warn(warning) }
                return result.lines
            }
        }
    }
}
