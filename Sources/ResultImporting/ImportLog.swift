internal import Model

/// Takes down what an importer understands: within bounds, and with no secret longer than it takes to fingerprint it.
struct ImportLog {
    /// No honest results have more; what is beyond is a fault.
    private static let findingLimit = 25_000
    private static let weightLimit = 20 << 20
    private static let faultLimit = 200
    /// As many checks that passed are kept to be held against others' words.
    private static let passLimit = 5000
    private static let passWeight = 2000
    /// As many things are told of what the tool says of itself.
    private static let noteLimit = 50

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
        guard makeRoom(for: 400 + item.weight) else { return }
        results.items.append(item)
    }

    /// Notes a check that the image passed.
    mutating func add(_ pass: ImportedPass) {
        guard results.passes.count < Self.passLimit, pass.weight <= Self.passWeight else {
            return addSkipped("some checks that passed, with which nobody's word is compared")
        }
        results.passes.append(pass)
    }

    /// Notes something that the tool says went wrong, or that shows it.
    mutating func addTrouble(_ what: String) { Self.note(what, in: &results.troubles) }

    /// Notes something that the tool says it left out, or that it cannot be shown to have done.
    mutating func addSkipped(_ what: String) { Self.note(what, in: &results.skipped) }

    /// Notes a record that cannot be understood.
    ///
    /// Neither text is the file's: it may hold anything.
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
        secrets.add(lines: secret)
        // Of what is not kept any more, nobody asks for it.
        guard !isOverfull, !SecretTexts.isMasked(secret) else { return }
        finding.fingerprints.append(fingerprint(Array(secret.utf8)))
        finding.preview = finding.preview ?? Redacted(length: secret.utf8.count)
    }

    /// Notes text that holds a secret and is not kept, so that what repeats it is masked.
    mutating func hide(_ secret: String?) {
        if let secret { secrets.add(secret) }
    }

    /// Everything that was taken down, told in our words, and with no secret that was noted in any of its texts.
    consuming func finish(_ mapping: ResultMapping) -> ImportedResults {
        // Before anything is masked: a secret may be spelt like a word that rates a finding.
        for index in results.findings.indices {
            results.findings[index].interpret(by: mapping, of: results.tool)
        }
        noteRatings()
        noteVerifications()
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

    /// Notes findings that could be as bad as any; none of their words, which may be anything.
    private mutating func noteRatings() {
        let count = results.findings.count(where: \.isOddlyRated)
        guard count > 0 else { return }
        addFault(
            at: count == 1 ? "1 finding" : "\(count) findings",
            "rated by a word that no table knows; one of your own can tell what it means (--importers)")
    }

    /// Notes whether the tool tried the credentials that it found: one that does not work says nothing of the others.
    private mutating func noteVerifications() {
        let credentials = results.findings.filter { $0.kind.isSecret || $0.verified != nil }
        let tried = credentials.count { $0.verified != nil }
        guard tried > 0, tried == credentials.count || credentials.contains(where: { $0.verified == true })
        else { return }
        results.provides.insert(.verifications)
        results.untried = credentials.count - tried
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

    private static func note(_ what: String, in notes: inout [String]) {
        guard notes.count <= noteLimit, !notes.contains(what) else { return }
        notes.append(notes.count == noteLimit ? "and more of the kind" : what)
    }
}

extension ImportedFinding {
    /// About how many bytes it takes beside its fixed parts.
    fileprivate var weight: Int {
        let texts = [rule, title, severity ?? "", suppressed ?? ""] + aliases
        return texts.reduce(0) { $0 + $1.utf8.count } + place.weight + attributes.weight
            + 100 * fingerprints.count
    }
}

extension ImportedPass {
    fileprivate var weight: Int { ([rule] + aliases).reduce(place.weight) { $0 + $1.utf8.count } }
}

extension ImportedItem {
    fileprivate var weight: Int { title.utf8.count + place.weight + attributes.weight }
}

extension [String: AttributeValue] {
    fileprivate var weight: Int { reduce(0) { $0 + $1.key.utf8.count + $1.value.display.utf8.count } }
}

extension ImportedPlace {
    var weight: Int {
        let name =
            switch kind {
            case .file(let name), .metadata(let name), .source(let name): name.utf8.count
            case .image: 0
            }
        return name + (layer?.utf8.count ?? 0) + within.reduce(0) { $0 + $1.utf8.count }
    }
}
