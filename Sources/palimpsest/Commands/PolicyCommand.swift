import ArgumentParser
import Pipeline

/// `palimpsest policy ...`: what can be done with policy without an image.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Checks, tests, lays out, lists, explains and describes policy.",
        subcommands: [
            Check.self, Test.self, Cover.self, Mutate.self, Diff.self, Format.self, List.self,
            Explain.self, Schema.self,
        ])

    /// `palimpsest policy check [PATH...]`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Loads policy and lists every problem, with file, line and column.",
            discussion: "Exit status: 0 the policy can be used · 3 it cannot")

        @Argument(
            help: ArgumentHelp(
                "Policy files or folders, with tests, waivers and attestations; the built-in baseline where none is given.",
                valueName: "path"))
        var paths: [String] = []

        @Flag(name: .long, help: "List the controls too, by how the rules speak to them.")
        var verbose = false

        func run() throws {
            try Listing.print(whileChecking: true) { () throws(AuditError) in
                try PolicyListing.check(paths, listingControls: verbose)
            }
        }
    }

    /// `palimpsest policy list [PATH...]`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
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

    /// `palimpsest policy explain NAME`.
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract: "Says what a rule or control is: what is read, what breaks it, and what that speaks to."
        )

        @Argument(help: "The id of a rule, or a control's id or alias.")
        var name: String

        @Option(
            name: .long, parsing: .singleValue,
            help: ArgumentHelp("The policy, as for audit. Repeatable.", valueName: "path"))
        var policy: [String] = []

        func run() throws {
            try Listing.print { () throws(AuditError) in
                try PolicyExplanation.lines(of: name, in: PolicySelection(paths: policy))
            }
        }
    }

    /// `palimpsest policy schema KIND`.
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "schema",
            abstract: "Prints the JSON Schema of a kind of document, for editors.",
            discussion: """
                Example:
                  palimpsest policy schema Policy > policy.schema.json
                  and as the first line of a policy: # yaml-language-server: $schema=policy.schema.json
                """)

        @Argument(
            help: ArgumentHelp("One of \(PolicyListing.kinds.joined(separator: ", ")).", valueName: "kind"))
        var kind: String

        func validate() throws {
            guard PolicyListing.kinds.contains(kind) else {
                throw ValidationError(
                    "There is no kind '\(kind)': it is \(PolicyListing.kinds.joined(separator: ", ")).")
            }
        }

        func run() throws {
            try Listing.printDocument { () throws(AuditError) in PolicyListing.schema(of: kind) }
        }
    }
}
