import ArgumentParser
import Foundation
import Pipeline

/// `palimpsest evaluate EVIDENCE...`: policy and reports over stored evidence.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Holds stored evidence against policy and writes reports; the image is not needed.",
        discussion: """
            Of a bundle, which is opened with every check of its digests and signatures, the evidence counts and \
            nothing else: it is judged anew under the policy, waivers and trust anchors named here, without any under \
            the baseline. palimpsest verify derives the verdict of the policy in a bundle.

            Examples:
              palimpsest evaluate reports/app@1b2c3d4e5f60/evidence.json
              palimpsest evaluate evidence/*.json --policy strict.yaml --as-of 2026-12-31
              palimpsest evaluate app.bundle --key ci.pub --policy strict --waivers waivers.yaml
              palimpsest evaluate evidence.json --results grype.json --results gitleaks:-

            \(ExitStatus.table)
            """)

    @Argument(
        help: ArgumentHelp(
            "Evidence documents, bundles, or folders of reports; - reads one from standard input.",
            valueName: "evidence"))
    var evidence: [String]

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The public key (PEM) that must have signed everything that is evaluated.", valueName: "file"))
    var key: String?

    @OptionGroup(title: "Other tools") var others: ResultOptions
    @OptionGroup(title: "Other tools") var fingerprints: KeyOptions
    @OptionGroup(title: "Judging") var judging: JudgingOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Bundle") var bundle: BundleOptions

    func validate() throws {
        try StandardInput.requireOnce(evidence.filter { $0 == "-" } + others.results)
        try output.requireOne(evidence)
    }

    func run() async throws {
        let documents = evidence.flatMap { $0 == "-" ? [.standardInput] : StoredEvidence.all(at: $0) }
        try output.requireOne(documents.map(\.place))
        let environment = ProcessInfo.processInfo.environment
        let result = await Audit.evaluate(
            documents, signedBy: key, policies: judging.selection, reports: try judging.reports(output),
            asOf: try judging.moment.instant(environment), adding: try results(environment),
            fingerprintKey: fingerprints.source(environment), bundle: bundle.request(environment))
        try Delivery.deliver(result, quiet: output.quiet)
    }

    /// The results to take in; nil where none are given, and then no key is needed.
    private func results(_ environment: [String: String]) throws -> ResultRequest? {
        guard !others.results.isEmpty else { return nil }
        return ResultRequest(
            selection: others.selection, fingerprintKey: fingerprints.source(environment),
            cacheFolder: AuditEnvironment.cacheFolder(environment))
    }
}
