import Model

extension ReportCase {
    /// As many findings as asked for, in as many files, each a secret of its own.
    static func large(_ count: Int) -> ReportCase {
        let layers = (0..<20).map { index in
            Made.layerFacts(
                index, history: index, "RUN /bin/sh -c make step-\(index) # buildkit", bytes: 10_000_000,
                origin: .step)
        }
        let image = ImageFacts(
            name: "oci:build/large:1", digest: Made.digest(1), platform: "linux/amd64", created: nil,
            configDigest: Made.digest(2))
        let findings = (0..<count).map { number in
            Finding(
                id: Made.id(1000 + number), detector: "credentials", rule: "service.token-\(number % 40)",
                kind: .serviceCredential, title: "Token of service \(number % 40)",
                severity: Severity.allCases[number % 5], confidence: .high,
                location: Location(
                    layer: Made.layer(number % 20), path: EntryPath("srv/app/module-\(number)/settings.json"),
                    line: number % 90 + 1, column: 9, offset: 411, length: 40),
                createdBy: "RUN /bin/sh -c make step-\(number % 20) # buildkit",
                persistence: number.isMultiple(of: 3) ? .deleted : .present,
                removedBy: number.isMultiple(of: 3) ? Removal(index: 19, createdBy: nil) : nil, origin: .step,
                fingerprint: Made.fingerprint(1000 + number),
                preview: Redacted(publicPrefix: "tok_", length: 40))
        }
        let evidence = Evidence(
            image: image, layers: layers, findings: findings, inventory: [], gaps: [],
            receipts: [
                Made.receipt("credentials", provides: [.secrets], layers: layers, target: image.digest)
            ], fingerprintKey: "5f0c2a91")
        let violations = findings.map { RuleResult.Violation(subject: .finding, id: $0.id) }
        return make(
            "large", evidence: evidence,
            outcomes: [
                "secrets.none-in-image": .broken(violations),
                "secrets.recoverable-after-deletion": .broken(
                    violations.enumerated().filter { $0.offset.isMultiple(of: 3) }.map(\.element)),
            ], receipts: ["credentials"])
    }
}
