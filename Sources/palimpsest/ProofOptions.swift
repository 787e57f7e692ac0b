import ArgumentParser
import Pipeline

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
