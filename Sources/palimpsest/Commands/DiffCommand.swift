import ArgumentParser
import Foundation
import Model
import Pipeline

/// `palimpsest diff A B`: what is new, fixed, still there, no longer covered.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Says what an audit found otherwise than an earlier one of the same images.",
        discussion: """
            The documents may be bundles, evidence, assessments, or folders with the reports on one image; the oldest \
            comes first, and what they are shows in their content. The last is held against the one before it. \
            Several images are paired by name and platform, else by name without tag and digest.

            Each secret, other finding, item that breaks a rule, and rule is one of these:
              new               not found, or not broken, before
              reopened          found before the last audit but one, and gone in that;
                                or hidden from containers by a layer, and no more
              waiver-lapsed     accepted before, and that does not count any more
              coverage-lost     looked for before and not now, so that what is gone
                                may still be there: no receipt, another set of rules,
                                a gap, or the layer that held it is still there
              fixed             gone, and the same detector looked for it everywhere
              still-there       a secret also where it moved to
            Of the audits themselves:
              mapping-changed   a rule speaks to other controls, or otherwise
              detector-changed  another version or other rules, so that a difference
                                may come from there and not from the image

            A bundle is opened with every check of its digests and judged again under the policy in it; --key says \
            who must have signed. Reports keep their assessment, and evidence alone is judged now, under the \
            baseline. Where a policy, waivers or trust anchors are named, all evidence is judged under these, and an \
            assessment alone is refused: of one, rules and controls are compared, and what was found is not.

            Examples:
              palimpsest diff main.bundle branch.bundle --key ci.pub
              palimpsest diff reports/app@1a2b3c4d5e6f reports/app@6f5e4d3c2b1a -f junit
              palimpsest diff march.json april.json may.json --fail-on new,reopened

            Exit status: 0 nothing of --fail-on occurred, and all could be compared · 1 something did · \
            2 nothing did, as far as could be told: something could not be compared · 3 a document cannot be used · \
            64 wrong usage
            """)

    @Argument(help: ArgumentHelp("Two or more documents, the oldest first.", valueName: "document"))
    var documents: [String]

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The changes to fail on, separated by commas; none for no change. What is new or reopened, and accepted by a waiver, does not count.",
            valueName: "list"))
    var failOn = ChangeList.usual

    @Option(name: [.short, .long], help: "The form of the comparison.")
    var format = DiffFormatName.usual

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("File for the comparison. Default: standard output.", valueName: "file"))
    var output: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The public key (PEM) that must have signed every document.", valueName: "file"))
    var key: String?

    @OptionGroup(title: "Judging") var judging: PolicyNameOptions

    func validate() throws {
        if documents.count < 2 { throw ValidationError("Name two documents: the earlier, then the later.") }
    }

    func run() throws {
        let asOf = try judging.moment.instant(ProcessInfo.processInfo.environment)
        let request = DiffRequest(
            documents: documents, policies: judging.selection, key: key, failing: failOn.changes,
            format: format.id, output: output == "-" ? nil : output, color: Console.wantsColour, asOf: asOf)
        let result: AuditDiff.Result
        do {
            result = try AuditDiff.run(request)
            try print(result.bytes)
            for note in result.notes { Console.warn(note) }
        } catch {
            Console.complain(error)
            throw ExitStatus.failed.code
        }
        if !result.occurred.isEmpty { throw ExitStatus.notMet.code }
        if !result.isComplete { throw ExitStatus.incomplete.code }
    }

    /// Prints the comparison: for programs as it is, and for people in lines that fit their terminal.
    private func print(_ bytes: [UInt8]) throws(AuditError) {
        guard format.id == DiffFormatName.usual.id, bytes.last == UInt8(ascii: "\n") else {
            return try Console.write(Data(bytes))
        }
        try Console.tell(String(decoding: bytes.dropLast(), as: UTF8.self))
    }
}

/// The name of a comparison's form; an unknown one is refused with the known ones.
struct DiffFormatName: ExpressibleByArgument {
    let id: String

    static let usual = DiffFormatName(id: "text")

    private init(id: String) { self.id = id }

    init?(argument: String) {
        guard DiffRequest.formats.contains(argument) else { return nil }
        id = argument
    }

    var defaultValueDescription: String { id }

    static var allValueStrings: [String] { DiffRequest.formats }
}

/// A list of changes as it is typed; an unknown word is refused with the known ones.
struct ChangeList: ExpressibleByArgument, CustomStringConvertible {
    let changes: Set<Change>

    /// All that is worse than before.
    static let usual = ChangeList(changes: Set(Change.worse))

    private init(changes: Set<Change>) { self.changes = changes }

    init?(argument: String) {
        guard argument != "none" else {
            changes = []
            return
        }
        let words = argument.split(separator: ",", omittingEmptySubsequences: false)
        let known = words.compactMap { Change(rawValue: String($0)) }
        guard known.count == words.count else { return nil }
        changes = Set(known)
    }

    var description: String { changes.sorted().map(\.rawValue).joined(separator: ",") }

    /// For `--help`, which names the default by it.
    var defaultValueDescription: String { description }

    static var allValueStrings: [String] { Change.allCases.map(\.rawValue) + ["none"] }
}
