import Detection

/// Results to take in where no image is read, and what it takes to fingerprint and mask the secrets in them.
package struct ResultRequest: Sendable {
    package var selection: ResultSelection
    package var fingerprintKey: FingerprintKeySource
    /// Where compiled detectors are kept between runs; nil to compile them anew.
    package var cacheFolder: String?

    package init(selection: ResultSelection, fingerprintKey: FingerprintKeySource, cacheFolder: String?) {
        self.selection = selection
        self.fingerprintKey = fingerprintKey
        self.cacheFolder = cacheFolder
    }

    func read() throws(AuditError) -> ResultIntake {
        let key = try FingerprintKeyFile.key(from: fingerprintKey)
        return try ResultIntake(selection, key: key, detectors: try detectors(key))
    }

    func detectors(_ key: FingerprintKey) throws(AuditError) -> DetectorSet {
        try PolicySources.compiledDetectors(adding: [], key: key, cache: cacheFolder)
    }
}
