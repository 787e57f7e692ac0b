import ArgumentParser
import Foundation
import Model
import Pipeline

/// `palimpsest waive FINDING`: the YAML of a waiver, to be filled in by whoever accepts the risk.
struct WaiveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waive",
        abstract: "Writes the waiver of a finding, to be filled in and signed.",
        discussion: """
            Example:
              palimpsest waive 6f1c2f0e --evidence reports/app@1a2b3c4d5e6f > waivers.yaml
              palimpsest audit app.tar --waivers waivers.yaml
            """)

    @Argument(
        help: ArgumentHelp(
            "The finding's id or fingerprint, or what it begins with: at least \(FindingSearch.shortest) characters.",
            valueName: "finding"))
    var finding: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Evidence, a bundle, or a folder of reports, that has the finding.", valueName: "file"))
    var evidence: String

    @Option(name: .long, help: "For how many days.")
    var days = 30

    @OptionGroup var moment: MomentOptions

    func validate() throws {
        if days < 1 || days > 3_660 { throw ValidationError("--days takes a number from 1 to 3660.") }
    }

    func run() throws {
        let start = try moment.instant(ProcessInfo.processInfo.environment)
        try Listing.printDocument { () throws(AuditError) in
            try WaiverDraft.lines(
                for: finding, in: StoredEvidence(path: evidence), from: start, days: days)
        }
    }
}
