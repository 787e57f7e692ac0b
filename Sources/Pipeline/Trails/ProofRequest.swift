/// Which finding to prove, and in what.
package struct ProofRequest: Sendable {
    /// What its id or its fingerprint begins with.
    package var finding: String
    package var image: String
    /// A file with evidence or a bundle; nil for the reports of the image in the usual folder.
    package var evidence: String?
    package var platform: String?
    package var detectorFiles: [String]
    package var connection: ConnectionSelection
    package var fingerprintKey: FingerprintKeySource
    package var cacheFolder: String?

    package init(
        finding: String, image: String, evidence: String?, platform: String?, detectorFiles: [String],
        connection: ConnectionSelection, fingerprintKey: FingerprintKeySource, cacheFolder: String?
    ) {
        self.finding = finding
        self.image = image
        self.evidence = evidence
        self.platform = platform
        self.detectorFiles = detectorFiles
        self.connection = connection
        self.fingerprintKey = fingerprintKey
        self.cacheFolder = cacheFolder
    }
}
