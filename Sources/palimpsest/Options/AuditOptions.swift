import ArgumentParser
import Foundation
import Model
import Pipeline

/// What `audit`, `inspect` and `evaluate` have in common.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "Folder for the reports, or - to write the one format asked for to standard output.",
            valueName: "folder"))
    var output = "reports"

    @Flag(
        name: [.short, .long],
        help: "No progress, no summary lines; only errors and what could not be looked at.")
    var quiet = false

    func validate() throws {
        if output.isEmpty { throw ValidationError("--output takes a folder, or - for standard output.") }
    }

    /// The folder, or nil for standard output.
    var folder: String? { output == "-" ? nil : output }

    /// Several documents behind one another are none that a program could read.
    func requireOne(_ images: [String]) throws {
        if folder == nil, images.count > 1 {
            throw ValidationError("--output - takes one image: give a folder for several.")
        }
    }
}

/// Which policy, with what people signed, and at which instant.
struct PolicyNameOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "A policy file or a folder of them, or a built-in one: baseline, strict, agentic. Repeatable.",
            valueName: "path"))
    var policy: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "A file with waivers or attestations, or a folder of them. Repeatable.", valueName: "path"))
    var waivers: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "A file of kind TrustAnchors, or a folder of them: authorities that images may trust. Repeatable.",
            valueName: "path"))
    var trustAnchors: [String] = []

    @OptionGroup var moment: MomentOptions

    /// The policy that was named, with what people signed and the trust anchors.
    var selection: PolicySelection {
        PolicySelection(paths: policy, signOffs: waivers, trustAnchors: trustAnchors)
    }
}

/// The same, and what was there before.
struct PolicyOptions: ParsableArguments {
    @OptionGroup var names: PolicyNameOptions

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Evidence, a bundle, or a folder of reports, of an earlier audit: policies can then ask what is new (inBaseline). Of several images, each is held against the one that is called alike. Repeatable.",
            valueName: "file"))
    var baseline: [String] = []

    /// The policy that was named, with what people signed, the trust anchors and the baseline.
    var selection: PolicySelection {
        var selection = names.selection
        selection.baselines = baseline
        return selection
    }

    var moment: MomentOptions { names.moment }
}

/// Which policy and reports, and at which instant.
struct JudgingOptions: ParsableArguments {
    @OptionGroup(title: "Judging") var policy: PolicyOptions

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "Reports to write, separated by commas, or all. Default: \(ReportCatalogue.defaults.joined(separator: ", ")).",
            valueName: "list"))
    var format: FormatList?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Templates in the place of built-in ones of the same name, such as report.html or report.css.",
            valueName: "folder"))
    var templates: String?

    /// The policy that was named, with what people signed and the trust anchors.
    var selection: PolicySelection { policy.selection }

    var moment: MomentOptions { policy.moment }

    /// The reports asked for; the usual ones where none is named.
    func reports(_ output: OutputOptions) throws -> ReportSelection {
        let formats = format?.ids ?? (output.folder == nil ? [] : ReportCatalogue.defaults)
        if output.folder == nil, formats.count != 1 {
            throw ValidationError("--output - writes one report: name it with --format.")
        }
        return ReportSelection(formats: formats, folder: output.folder, templates: templates)
    }
}

/// How images are read.
struct ReadingOptions: ParsableArguments {
    @OptionGroup(title: "Reading") var image: ImageOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The image that these are built on; what is in its layers is inherited. Default: as annotations or history tell.",
            valueName: "image"))
    var base: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The source tree they are built from: says of each secret whether it is there, and where.",
            valueName: "folder"))
    var source: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "The environment that images are for, such as production='shop/*'; the glob may leave out transport, registry, folders and tag. Repeatable. Default: their labels.",
            valueName: "name[=glob]"))
    var environment: [EnvironmentChoice] = []

    @Option(
        name: .long,
        help: "How many layers are read at once, and one alone by that many threads. Default: one a core.")
    var workers: Int?

    func validate() throws {
        if let workers, workers < 1 { throw ValidationError("--workers takes a number from 1.") }
    }

}

/// A list of report formats as it is typed; an unknown name is refused with the known ones.
struct FormatList: ExpressibleByArgument {
    let ids: [String]

    init?(argument: String) {
        let names = argument.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let wanted = Set(names == ["all"] ? ReportCatalogue.formats : names)
        guard !wanted.isEmpty, wanted.isSubset(of: ReportCatalogue.formats) else { return nil }
        ids = ReportCatalogue.formats.filter(wanted.contains)
    }

    static var allValueStrings: [String] { ReportCatalogue.formats + ["all"] }
    static var allValueDescriptions: [String: String] {
        ReportCatalogue.summaries.merging(["all": "every one of these"]) { own, _ in own }
    }
}

extension EnvironmentChoice: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
