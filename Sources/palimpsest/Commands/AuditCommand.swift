import ArgumentParser
import Foundation
import Pipeline

/// `palimpsest audit IMAGE...`: detectors, policy, reports.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Reads images, holds what is found against policy, and writes reports.",
        discussion: """
            Examples:
              palimpsest audit oci:build/image               an OCI layout folder
              palimpsest audit image.tar --platform all      all platforms in an archive
              palimpsest audit ghcr.io/org/app:1.2           an image in a registry
              palimpsest audit docker-daemon:app:1.2         an image of a local engine
              palimpsest audit a.tar b.tar --base base.tar   two images on one base
              palimpsest audit app.tar --source .            and whether its secrets are in the source code
              palimpsest audit a.tar b.tar --environment prod='a*' --environment test='b*'
              palimpsest audit oci:cache                     a cache that BuildKit exported
              palimpsest audit app.tar --results trivy.json  with what another tool found
              palimpsest audit app.tar --format junit -o ci  only the JUnit file, into ci/
              palimpsest audit app.tar -f markdown -o -      Markdown to standard output
              palimpsest audit app.tar --bundle app.bundle --sign-key ci.key   and all of it in one signed file

            \(ExitStatus.table)
            """)

    @Argument(
        help: ArgumentHelp(
            "Images: oci:DIR[:TAG], oci-archive:FILE[:TAG], docker-archive:FILE[:TAG], docker://NAME[:TAG|@DIGEST], docker-daemon:NAME[:TAG|@DIGEST], a path, recognised by content, or a name in a registry.",
            valueName: "image"))
    var images: [String]

    @OptionGroup(title: "Reading") var reading: ReadingOptions
    @OptionGroup(title: "Other tools") var others: ResultOptions
    @OptionGroup(title: "Judging") var judging: JudgingOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Bundle") var bundle: BundleOptions

    func validate() throws { try output.requireOne(images) }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let request = AuditRequest(
            images: images, platform: reading.image.platform, base: reading.base,
            policies: judging.selection, detectorFiles: reading.image.detectors,
            connection: reading.image.connection(environment), source: reading.source,
            environments: reading.environment, results: others.selection,
            reports: try judging.reports(output), bundle: bundle.request(environment),
            asOf: try judging.moment.instant(environment),
            fingerprintKey: reading.image.keySource(environment),
            cacheFolder: reading.image.cacheFolder(environment),
            remembersLayers: !reading.image.forgetsLayers,
            workers: reading.workers ?? ProcessInfo.processInfo.activeProcessorCount)
        let progress = ProgressLine(quiet: output.quiet)
        let result = await Audit.run(request, progress: progress.report)
        progress.end()
        try Delivery.deliver(result, quiet: output.quiet)
    }
}
