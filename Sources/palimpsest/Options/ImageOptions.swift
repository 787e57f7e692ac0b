import ArgumentParser
import Pipeline

/// What every look at an image takes: where it is from, what to look for, and the key of the fingerprints.
struct ImageOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Platform to read from an index, such as linux/arm64, or all. Default: the host's.",
            valueName: "platform"))
    var platform: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Detector rules to add, and changes to others; .toml is a rule file of gitleaks. Repeatable.",
            valueName: "file"))
    var detectors: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "File with the key of the fingerprints (32 bytes or 64 hex digits), so that a team's results compare.",
            valueName: "file"))
    var fingerprintKey: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Certificates of the CA of a registry, as PEM, beside those that the system trusts.",
            valueName: "file"))
    var caFile: String?

    @Flag(
        name: .long,
        help: "Ask a registry without TLS where it speaks none. Those on this machine need no leave.")
    var plainHttp = false

    @Flag(
        name: .customLong("no-layer-cache"),
        help: "Look at every layer anew, and keep nothing of them for the next run.")
    var forgetsLayers = false

    func validate() throws {
        guard let platform, !ImageSelection.isPlatform(platform) else { return }
        throw ValidationError("--platform takes system/architecture[/variant], such as linux/arm64, or all.")
    }

    /// How registries are reached, with what the environment says of credentials and proxies.
    func connection(_ environment: [String: String]) -> ConnectionSelection {
        ConnectionSelection(caFile: caFile, plainHTTP: plainHttp, environment: environment)
    }

    /// Where compiled detectors are kept, and what layers hold.
    func cacheFolder(_ environment: [String: String]) -> String? { AuditEnvironment.cacheFolder(environment) }

    /// The key given by flag or environment, else the installation's own.
    func keySource(_ environment: [String: String]) -> FingerprintKeySource {
        AuditEnvironment.keySource(fingerprintKey, environment)
    }
}
