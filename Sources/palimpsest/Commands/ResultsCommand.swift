import ArgumentParser
import Foundation
import Pipeline

/// `palimpsest results ...`: what can be done with other tools' results without an image.
struct ResultsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "results", abstract: "Shows what is understood of other tools' results.",
        subcommands: [Check.self, List.self])

    /// `palimpsest results check FILE...`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Reads results and says what was understood of them, and what was not.",
            discussion: """
                Examples:
                  palimpsest results check trivy.json
                  gitleaks dir . -f json -r - | palimpsest results check gitleaks:-

                Exit status: 0 all was understood · 2 some was not · 3 nothing was
                """)

        @Argument(help: ArgumentHelp("Files, FORMAT:FILE, or - for standard input.", valueName: "file"))
        var files: [String]

        @Option(
            name: .long, parsing: .singleValue,
            help: ArgumentHelp("A table of what other tools' words mean. Repeatable.", valueName: "file"))
        var importers: [String] = []

        func validate() throws { try StandardInput.requireOnce(files) }

        func run() throws {
            let formats = ResultListing.formats.map(\.id)
            let selection = ResultSelection(
                sources: files.map { ResultSelection.Source($0, formats: formats) }, importerFiles: importers)
            let cache = AuditEnvironment.cacheFolder(ProcessInfo.processInfo.environment)
            let result = ResultListing.check(selection, cacheFolder: cache)
            do {
                for line in result.lines { try Console.tell(line) }
            } catch {
                Console.complain(error)
                throw ExitStatus.failed.code
            }
            for error in result.errors { Console.complain(error, whileChecking: true) }
            if !result.errors.isEmpty { throw ExitStatus.failed.code }
            if !result.isWhole { throw ExitStatus.incomplete.code }
        }
    }

    /// `palimpsest results list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Lists the formats that are read.")

        func run() throws {
            try Listing.print { () throws(AuditError) in ResultListing.table }
        }
    }
}
