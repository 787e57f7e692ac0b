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

            Exit status: 0 proven · 1 not proven: it is not there · 2 undecided: something could not be read · 3 failed
            """)

    @Argument(
        help: ArgumentHelp(
            "The finding's id or what it begins with, or its fingerprint or what that begins with.",
            valueName: "finding"))
    var finding: String

    @Option(name: .long, help: ArgumentHelp("The image, as for audit.", valueName: "image"))
    var image: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The evidence or the bundle that has the finding. Default: what audit wrote below reports/.",
            valueName: "file"))
    var evidence: String?

    @OptionGroup(title: "Reading") var reading: ProofOptions

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let proof: Proof
        do throws(AuditError) {
            proof = try FindingProof.run(
                ProofRequest(
                    finding: finding, image: image, evidence: evidence, platform: reading.platform,
                    detectorFiles: reading.detectors, connection: reading.connection(environment),
                    fingerprintKey: AuditEnvironment.keySource(reading.fingerprintKey, environment),
                    cacheFolder: AuditEnvironment.cacheFolder(environment)))
            for line in proof.lines { try Console.say(line) }
        } catch {
            Console.complain(error)
            throw ExitStatus.failed.code
        }
        switch proof.verdict {
        case .proven: return
        case .notProven: throw ExitStatus.notMet.code
        case .undecided: throw ExitStatus.incomplete.code
        }
    }
}

/// How the image of a finding is read.
struct ProofOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Platform to read from an index, or all. Default: the host's.", valueName: "platform"))
    var platform: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Detector rules that the audit had beside the built-in ones. Repeatable.", valueName: "file"))
    var detectors: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("File with the key of the fingerprints, as for audit.", valueName: "file"))
    var fingerprintKey: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Certificates of the CA of a registry, as PEM.", valueName: "file"))
    var caFile: String?

    @Flag(name: .long, help: "Ask a registry without TLS where it speaks none.")
    var plainHttp = false

    func connection(_ environment: [String: String]) -> ConnectionSelection {
        ConnectionSelection(caFile: caFile, plainHTTP: plainHttp, environment: environment)
    }
}
