import ArgumentParser
import Pipeline

/// `palimpsest policy ...`: what can be done with policy without an image.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Checks and lists policy.", subcommands: [Check.self, List.self])

    /// `palimpsest policy check [PATH...]`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Loads policy and lists every problem, with file, line and column.",
            discussion: "Exit status: 0 the policy can be used · 3 it cannot")

        @Argument(
            help: ArgumentHelp(
                "Policy files or folders; the built-in baseline where none is given.", valueName: "path"))
        var paths: [String] = []

        func run() throws {
            try Listing.print { () throws(AuditError) in
                try PolicyListing.check(PolicySelection(paths: paths))
            }
        }
    }

    /// `palimpsest policy list [PATH...]`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the rules: severity, effect, what they need, which controls they speak to.")

        @Argument(
            help: ArgumentHelp(
                "Policy files or folders; the built-in baseline where none is given.", valueName: "path"))
        var paths: [String] = []

        @Flag(
            name: .long,
            help: "List the controls instead: how far an image can decide each, and which rules speak to it.")
        var controls = false

        func run() throws {
            try Listing.print { () throws(AuditError) in
                let selection = PolicySelection(paths: paths)
                return controls ? try PolicyListing.controls(selection) : try PolicyListing.rules(selection)
            }
        }
    }
}
