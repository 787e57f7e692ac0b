import ArgumentParser
import Foundation
import Pipeline

/// `palimpsest explain CONTROL|RULE|FINDING`: the whole trail, down to the byte range.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Follows a control to the bytes that break it, or a finding to the controls it breaks.",
        discussion: """
            A bundle is judged again under the policy in it, evidence under the one named here.

            Examples:
              palimpsest explain NHI2:2025 --evidence app.bundle
              palimpsest explain secrets.visible --evidence reports/app@1a2b3c4d5e6f
              palimpsest explain 6f1c2f0e --evidence evidence.json --policy strict
            """)

    @Argument(
        help: ArgumentHelp(
            "A control, a rule, or what a finding's id or fingerprint begins with: at least \(FindingSearch.shortest) characters.",
            valueName: "name"))
    var name: String

    @Option(name: .long, help: ArgumentHelp("Evidence, a bundle, or a folder of reports.", valueName: "file"))
    var evidence: String

    @OptionGroup(title: "Judging") var judging: PolicyOptions

    func run() throws {
        let asOf = try judging.moment.instant(ProcessInfo.processInfo.environment)
        try Listing.print { () throws(AuditError) in
            try Trail.lines(of: name, in: evidence, under: judging.selection, asOf: asOf)
        }
    }
}
