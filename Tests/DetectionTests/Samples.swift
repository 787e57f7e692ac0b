import Detection
import Model
import TestSupport

/// Rules and files made up for these tests.
enum Samples {
    static let key = FingerprintKey(bytes: Array(repeating: 7, count: 32))

    /// A rule for tokens of the form `tok_` and twenty letters or digits.
    static func rule(
        id: String = "test.token", kind: FindingKind = .serviceCredential, severity: Severity = .high,
        confidence: Confidence = .high, pattern: String = #"\btok_[a-zA-Z0-9]{20}\b"#,
        prefilter: String? = nil, prefix: String = "tok_", minimumEntropy: Double? = nil,
        minimumSurprise: Double? = nil, minimumLetterSurprise: Double? = nil, isAssigned: Bool = false,
        checksum: DetectorRule.Checksum? = nil,
        paths: [String] = [],
        fields: [String] = [], allow: [String] = [], expiresByDesign: Bool? = nil, examples: [String] = [],
        counterexamples: [String] = []
    ) -> DetectorRule {
        DetectorRule(
            id: id, title: "Token", kind: kind, severity: severity, confidence: confidence, pattern: pattern,
            prefilter: prefilter, publicPrefix: prefix, minimumEntropy: minimumEntropy,
            minimumSurprise: minimumSurprise, minimumLetterSurprise: minimumLetterSurprise,
            isAssigned: isAssigned, checksum: checksum,
            paths: paths.map(Glob.init),
            fields: fields.map(Glob.init), allow: allow, expiresByDesign: expiresByDesign,
            remediation: "revoke it", reference: "https://example.com", examples: examples,
            counterexamples: counterexamples, source: "test.yaml:1")
    }

    static func scanner(_ rules: [DetectorRule] = [rule()]) throws -> ImageScanner {
        try DetectorSet.compile(rules, key: key).makeScanner()
    }

    static func file(
        _ path: String = "app/.env", size: Int = 0, mode: Int = 0o644, attributes: [String: [UInt8]] = [:]
    ) -> FileEntry {
        FileEntry(
            path: EntryPath(path), kind: .file, size: size, mode: mode, owner: 0, group: 0,
            extendedAttributes: attributes)
    }

    static func configuration(
        user: String = "app", environment: [(String, String)] = [], labels: [(String, String)] = [],
        command: [String] = [], exposedPorts: [String] = [], volumes: [String] = [], history: [String] = []
    ) -> ImageConfiguration {
        ImageConfiguration(
            user: user, environment: environment.map { (name: $0, value: $1) },
            labels: labels.map { (name: $0, value: $1) }, command: command, entrypoint: [], healthcheck: [],
            workingDirectory: "/", exposedPorts: exposedPorts, volumes: volumes, author: nil,
            history: history.map {
                ImageConfiguration.Step(createdBy: $0, created: nil, comment: nil, emptyLayer: true)
            })
    }

    /// A token that the sample rule finds.
    static func token(_ seed: UInt64 = 1) -> String {
        var random = SeededGenerator(seed: seed)
        return "tok_" + random.letters(20)
    }
}

extension SeededGenerator {
    /// This many letters and digits.
    mutating func letters(_ count: Int) -> String {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        return String((0..<count).compactMap { _ in alphabet.randomElement(using: &self) })
    }
}

extension ImageScanner {
    /// Scans `bytes` as a file, in windows of `window` bytes.
    func sightings(
        in bytes: [UInt8], path: String = "app/.env", within: [String] = [], window: Int = 1 << 20,
        mode: Int = 0o644,
        attributes: [String: [UInt8]] = [:]
    ) -> [Sighting] {
        begin(Samples.file(path, size: bytes.count, mode: mode, attributes: attributes), within: within)
        var offset = 0
        while offset < bytes.count {
            let end = min(bytes.count, offset + window)
            scan(window: bytes.span.extracting(offset..<end), at: offset)
            guard end < bytes.count else { break }
            offset = end - ImageScanner.overlap
        }
        return end()
    }

    func findings(in text: String, path: String = "app/.env", window: Int = 1 << 20) -> [SightedFinding] {
        sightings(in: Array(text.utf8), path: path, window: window).findings
    }
}

extension [Sighting] {
    var findings: [SightedFinding] {
        compactMap { if case .finding(let finding) = $0 { finding } else { nil } }
    }

    var items: [SightedItem] { compactMap { if case .item(let item) = $0 { item } else { nil } } }
}
