import ArgumentParser
import Foundation
import Model
import Pipeline

extension PolicyCommand {
    /// `palimpsest policy test [PATH...]`.
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Holds policies against their cases: evidence, and what must come out.",
            discussion: """
                Example:
                  palimpsest policy test policy/ --junit TEST-policy.xml

                Exit status: 0 every case holds · 1 one does not · 3 a document cannot be used, or there is no case
                """)

        @OptionGroup var trials: TrialOptions

        @Option(name: .long, help: ArgumentHelp("Write JUnit-XML to this file.", valueName: "file"))
        var junit: String?

        func run() throws {
            var isMet = true
            try Listing.print { () throws(AuditError) in
                let results = try PolicyTrials.test(trials.paths)
                if let junit { try PolicyTrials.writeJUnit(results, to: junit) }
                let failed = results.filter { !$0.mistakes.isEmpty }
                isMet = failed.isEmpty
                let held = results.count - failed.count
                return PolicyTrials.lines(of: failed) + ["\(held) of \(results.count) cases hold"]
            }
            if !isMet { throw ExitStatus.notMet.code }
        }
    }

    /// `palimpsest policy cover [PATH...]`.
    struct Cover: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cover",
            abstract:
                "Lists the rules, parts of matchers and edges that no case has seen come out both ways.",
            discussion: "Exit status: 0 there is none · 1 there are some · 3 a document cannot be used")

        @OptionGroup var trials: TrialOptions

        func run() throws {
            var isWhole = true
            try Listing.print { () throws(AuditError) in
                let cover = try PolicyTrials.cover(trials.paths)
                isWhole = cover.isWhole
                return cover.lines
            }
            if !isWhole { throw ExitStatus.notMet.code }
        }
    }

    /// `palimpsest policy mutate [PATH...]`.
    struct Mutate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "mutate",
            abstract:
                "Changes one thing after the other in a policy, and lists the changes that no case notices.",
            discussion:
                "Exit status: 0 enough are noticed · 1 too few are · 3 a document cannot be used, or a case does not hold"
        )

        @OptionGroup var trials: TrialOptions

        @Option(name: .long, help: "How many of a hundred changes must be noticed.")
        var atLeast = 90

        func validate() throws {
            if !(0...100).contains(atLeast) {
                throw ValidationError("--at-least takes a number from 0 to 100.")
            }
        }

        func run() throws {
            var isEnough = true
            try Listing.print { () throws(AuditError) in
                let outcome = try PolicyTrials.mutate(trials.paths, atLeast: atLeast)
                isEnough = outcome.isEnough
                return outcome.lines
            }
            if !isEnough { throw ExitStatus.notMet.code }
        }
    }
}

/// Which policies and cases.
struct TrialOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Files or folders with cases, and with policies of your own; the built-in ones where none is given.",
            valueName: "path"))
    var paths: [String] = []
}
