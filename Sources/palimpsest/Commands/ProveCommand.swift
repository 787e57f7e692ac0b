import ArgumentParser
import Foundation
import Pipeline

/// `palimpsest prove FINDING --image IMAGE`: the same bytes, read and fingerprinted again.
struct ProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Reads the bytes of a finding out of its layer again, and re-computes the fingerprint.",
        discussion: """
            The fingerprint is computed with the key of the audit; the secret itself is never shown.

            Examples:
              palimpsest prove 6f1c2f0e --image app.tar
              palimpsest prove 6f1c2f0e --image ghcr.io/org/app@sha256:1b2c... --evidence app.bundle

            A fingerprint that several findings have is looked for in the place of each, and the worst decides.

            Exit status: 0 proven · 1 not proven: it is not there · 2 undecided: something could not be read · 3 failed
            """)

    @Argument(
        help: ArgumentHelp(
            "The finding's id or fingerprint, or what it begins with: at least \(FindingSearch.shortest) characters.",
            valueName: "finding"))
    var finding: String

    @Option(name: .long, help: ArgumentHelp("The image, as for audit.", valueName: "image"))
    var image: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Evidence, a bundle, or a folder of reports, that has the finding. Default: what audit wrote below reports/.",
            valueName: "file"))
    var evidence: String?

    @OptionGroup(title: "Reading") var reading: ImageOptions

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let proofs: [Proof]
        do throws(AuditError) {
            proofs = try FindingProof.run(
                ProofRequest(
                    finding: finding, image: image, evidence: evidence, platform: reading.platform,
                    detectorFiles: reading.detectors, connection: reading.connection(environment),
                    fingerprintKey: reading.keySource(environment),
                    cacheFolder: reading.cacheFolder(environment)))
            for line in proofs.flatMap(\.lines) { try Console.tell(line) }
        } catch {
            Console.complain(error)
            throw ExitStatus.failed.code
        }
        let verdicts = Set(proofs.map(\.verdict))
        if verdicts.contains(.notProven) { throw ExitStatus.notMet.code }
        if verdicts.contains(.undecided) { throw ExitStatus.incomplete.code }
    }
}
