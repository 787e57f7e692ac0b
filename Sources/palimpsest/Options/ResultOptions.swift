import ArgumentParser
import Pipeline

/// Which results of other tools to take in.
struct ResultOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Results of another tool about the image, recognised by content; FORMAT:FILE says whose they are, - reads standard input. Repeatable.",
            valueName: "file"))
    var results: [String] = []

    @Flag(name: .long, help: "Take results that name no image to be about this one; their receipts say so.")
    var assumeTarget = false

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "A table of what other tools' rules and severities mean, before the built-in ones. Repeatable.",
            valueName: "file"))
    var importers: [String] = []

    func validate() throws { try StandardInput.requireOnce(results) }

    var selection: ResultSelection {
        let formats = ResultListing.formats.map(\.id)
        return ResultSelection(
            sources: results.map { ResultSelection.Source($0, formats: formats) },
            assumesTarget: assumeTarget, importerFiles: importers)
    }
}

/// The key of the fingerprints, where no image is read.
struct KeyOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("File with the key of the fingerprints, as for audit.", valueName: "file"))
    var fingerprintKey: String?

    /// The key given by flag or environment, else the installation's own.
    func source(_ environment: [String: String]) -> FingerprintKeySource {
        AuditEnvironment.keySource(fingerprintKey, environment)
    }
}
