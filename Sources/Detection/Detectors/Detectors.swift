internal import Model

/// The list of detectors: everything that asks which there are reads it.
enum Detectors {
    /// Every detector, in the order in which receipts list them.
    static func all(rules: [DetectorRule], key: FingerprintKey) -> [any Detector] {
        [
            SecretDetector(rules: rules, key: key),
            KeyFileDetector(key: key),
            CertificateDetector(),
            FilesystemDetector(),
            ConfigurationDetector(),
        ]
    }
}
