import ArgumentParser
import Foundation
import Model
import Pipeline

extension PolicyCommand {
    /// `palimpsest policy diff A B [--evidence FILE]`.
    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff",
            abstract:
                "Says what one policy says otherwise than another, of its rules and of stored evidence.",
            discussion: """
                Example:
                  palimpsest policy diff baseline strict --evidence reports/app@1b2c3d4e5f60/evidence.json

                Exit status: 0 nothing differs · 1 something does · 3 a document cannot be used
                """)

        @Argument(help: "A policy file or a folder of them, or a built-in one.")
        var old: String

        @Argument(help: "Another.")
        var new: String

        @Option(
            name: .long, parsing: .singleValue,
            help: ArgumentHelp(
                "Evidence, a bundle or a folder of reports to hold against both. Repeatable.",
                valueName: "file"))
        var evidence: [String] = []

        @OptionGroup var moment: MomentOptions

        func run() throws {
            let asOf = try moment.instant(ProcessInfo.processInfo.environment)
            var isNone = true
            try Listing.print { () throws(AuditError) in
                let difference = try PolicyDifference.lines(
                    from: old, to: new, over: evidence.flatMap { StoredEvidence.all(at: $0) },
                    asOf: asOf)
                isNone = difference.isNone
                return difference.lines
            }
            if !isNone { throw ExitStatus.notMet.code }
        }
    }
}
