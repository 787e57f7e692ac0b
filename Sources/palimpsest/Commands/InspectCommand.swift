import ArgumentParser
import Foundation
import Model
import Pipeline

/// `palimpsest inspect IMAGE...`: detectors only.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Reads images and writes what was found, without judging it.",
        discussion: """
            The evidence document can be judged later, elsewhere, and again, without the image: palimpsest evaluate.

            Examples:
              palimpsest inspect image.tar -o evidence/
              palimpsest inspect oci:build/image -o - | palimpsest evaluate -

            Exit status: 0 nothing is left unseen that a pass depends on · 2 something could not be looked at, and is \
            named as a gap · 3 failed: no evidence at all · 64 wrong usage
            Gaps of the kinds \(Self.harmless) leave nothing unseen and change no status: \
            a broken archive was searched as it is stored, and the others concern what is no part of the files.
            """)

    private static let harmless = GapReason.allCases.filter { !$0.blocksPass }.map(\.rawValue).sorted()
        .joined(separator: ", ")

    @Argument(help: ArgumentHelp("Images, as for audit.", valueName: "image"))
    var images: [String]

    @OptionGroup(title: "Reading") var reading: ReadingOptions
    @OptionGroup(title: "Other tools") var others: ResultOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws { try output.requireOne(images) }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let request = AuditRequest(
            images: images, platform: reading.image.platform, base: reading.base,
            detectorFiles: reading.image.detectors,
            connection: reading.image.connection(environment), source: reading.source,
            environments: reading.environment, results: others.selection,
            reports: ReportSelection(formats: ["evidence"], folder: output.folder), asOf: Instant(seconds: 0),
            fingerprintKey: reading.image.keySource(environment),
            cacheFolder: reading.image.cacheFolder(environment),
            remembersLayers: !reading.image.forgetsLayers,
            workers: reading.workers ?? ProcessInfo.processInfo.activeProcessorCount)
        let progress = ProgressLine(quiet: output.quiet)
        let result = await Audit.inspect(request, progress: progress.report)
        progress.end()
        try Delivery.deliver(result, quiet: output.quiet)
    }
}
