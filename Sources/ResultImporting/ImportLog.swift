internal import Model

/// Takes down what an importer understands: within bounds, and with no secret longer than it takes to fingerprint it.
struct ImportLog {
    /// No honest results have more; what is beyond is a fault.
    private static let findingLimit = 25_000
    private static let weightLimit = 20 << 20
    private static let faultLimit = 200

    var results: ImportedResults
    private let fingerprint: @Sendable ([UInt8]) -> Fingerprint
    private var secrets = SecretTexts()
    private var weight = 0
    private var isOverfull = false

    init(_ importer: any Importer, fingerprint: @escaping @Sendable ([UInt8]) -> Fingerprint) {
        results = ImportedResults(format: importer.id, tool: importer.id, reach: importer.reach)
        self.fingerprint = fingerprint
    }

    mutating func add(_ finding: ImportedFinding) {
        results.records += 1
        guard makeRoom(for: 600 + finding.weight) else { return }
        results.findings.append(finding)
    }

    mutating func add(_ item: ImportedItem) {
        guard makeRoom(for: 400 + item.title.utf8.count) else { return }
        results.items.append(item)
    }

    /// Notes a record that cannot be understood.
    mutating func addFault(at place: String, _ what: String) {
        let count = results.faults.count
        guard count < Self.faultLimit else { return }
        let isLast = count == Self.faultLimit - 1
        let detail = isLast ? "more than \(count) faults; the rest is not listed" : "\(place): \(what)"
        results.faults.append(.init(reason: .malformedResult, detail: detail))
    }

    /// Fingerprints `secret` for `finding`, which then is the only thing that is known of it.
    ///
    /// Nothing is done with what the tool masked itself.
    mutating func note(_ secret: String?, of finding: inout ImportedFinding) {
        guard let secret, !secret.isEmpty else { return }
        secrets.add(secret)
        guard !SecretTexts.isMasked(secret) else { return }
        finding.fingerprints.append(fingerprint(Array(secret.utf8)))
        finding.preview = finding.preview ?? Redacted(length: secret.utf8.count)
    }

    /// Notes text that holds a secret and is not kept, so that what repeats it is masked.
    mutating func hide(_ secret: String?) {
        if let secret { secrets.add(secret) }
    }

    /// Everything that was taken down, with no secret that was noted in any of its texts.
    consuming func finish() -> ImportedResults {
        // Only a tool that says of some that they do or do not work is known to have tried.
        if results.findings.contains(where: { $0.verified != nil }) {
            results.provides.insert(.verifications)
        }
        return secrets.masking(results)
    }

    /// Notes once that there is more than is kept.
    mutating func overflow() {
        guard !isOverfull else { return }
        isOverfull = true
        results.faults.append(
            .init(
                reason: .detectorLimit,
                detail: "more results in one file than are kept; the rest is not listed"))
    }

    private mutating func makeRoom(for weight: Int) -> Bool {
        let isFull = results.findings.count + results.items.count >= Self.findingLimit
        guard !isFull, self.weight + weight <= Self.weightLimit else {
            overflow()
            return false
        }
        self.weight += weight
        return true
    }
}

extension ImportedFinding {
    /// About how many bytes its texts take.
    fileprivate var weight: Int {
        rule.utf8.count + title.utf8.count + place.weight + aliases.reduce(0) { $0 + $1.utf8.count }
            + attributes.reduce(0) { $0 + $1.key.utf8.count + $1.value.display.utf8.count }
    }
}

extension ImportedPlace {
    var weight: Int {
        let name =
            switch kind {
            case .file(let name), .metadata(let name), .source(let name): name.utf8.count
            case .image: 0
            }
        return name + within.reduce(0) { $0 + $1.utf8.count }
    }
}
