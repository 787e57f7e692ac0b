import ArgumentParser
import Pipeline

extension PolicyCommand {
    /// `palimpsest policy fmt PATH...`.
    struct Format: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fmt",
            abstract: "Lays YAML documents out in one way: two spaces a level, lists below their keys.",
            discussion: """
                Words, order, quotes and comments stay as they are. Names the files that it changes.

                Example:
                  palimpsest policy fmt --check policy/

                Exit status: 0 done · 1 with --check: a file is laid out otherwise · 3 a file cannot be used
                """)

        @Argument(help: ArgumentHelp("Files, or folders with .yaml files.", valueName: "path"))
        var paths: [String]

        @Flag(name: .long, help: "Change nothing; only name the files that are laid out otherwise.")
        var check = false

        func run() throws {
            var differing: [String] = []
            try Listing.printDocument { () throws(AuditError) in
                differing = try PolicyLayout.differing(paths, writing: !check)
                return differing
            }
            if check && !differing.isEmpty { throw ExitStatus.notMet.code }
        }
    }
}
