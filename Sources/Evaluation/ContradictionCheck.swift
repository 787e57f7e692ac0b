internal import Model

/// Finds where detectors that looked at this image say different things of it.
///
/// That one reports nothing is only held against another where it had the place before it. Our own detectors prove
/// what they read. Other tools do not, so of them what is told is that they finished, and looked for this in this image;
/// and nothing is told of what many of them never open: metadata, and files that a later layer hides.
struct ContradictionCheck {
    private let evidence: Evidence
    /// Receipts of whole runs over this image.
    private let runs: [Receipt]
    /// Each tool with its versions, by its name.
    private let labels: [String: String]
    /// The tools, by the names of their detectors.
    private let toolOf: [String: String]

    /// What is contradicted of the image, in order; nothing where only our own detectors ran.
    static func contradictions(in evidence: Evidence) -> [Contradiction] {
        guard evidence.receipts.contains(where: { $0.imported != nil }) else { return [] }
        let check = ContradictionCheck(evidence)
        return check.onFindings() + check.onSignatures()
    }

    private init(_ evidence: Evidence) {
        self.evidence = evidence
        runs = evidence.receipts.filter {
            $0.outcome == .completed && $0.target == evidence.image.digest
                && $0.imported?.binding != .unknown
        }
        labels = Dictionary(grouping: evidence.receipts, by: \.tool).mapValues { receipts in
            "\(receipts[0].tool) \(Set(receipts.map(\.version)).sorted().joined(separator: " and "))"
        }
        toolOf = Dictionary(evidence.receipts.map { ($0.detector, $0.tool) }) { first, _ in first }
    }

    private struct Claim: Hashable {
        let matter: Contradiction.Matter
        let evidence: EvidenceClass?
        let sides: Set<Contradiction.Side>
    }

    private func onFindings() -> [Contradiction] {
        var findings: [Claim: Set<String>] = [:]
        for finding in evidence.findings {
            for claim in claims(on: finding) { findings[claim, default: []].insert(finding.id) }
        }
        let contradictions = findings.map { claim, ids in
            Contradiction(claim.matter, evidence: claim.evidence, sides: claim.sides, findings: ids)
        }
        return contradictions.sorted { $0.order.lexicographicallyPrecedes($1.order) }
    }

    private func claims(on finding: Finding) -> [Claim] {
        let witnesses = finding.witnesses ?? []
        let reporting = witnesses.filter { $0.passed != true }
        let seen = finding.kind.evidence
        var claims: [Claim] = []
        func add(_ matter: Contradiction.Matter, _ sides: [String: Set<String>]) {
            guard sides.count > 1 else { return }
            let told = sides.map { Contradiction.Side(says: $0.key, tools: $0.value) }
            claims.append(Claim(matter: matter, evidence: seen, sides: Set(told)))
        }
        func says(_ word: (Witness) -> String?) -> [String: Set<String>] {
            reporting.reduce(into: [:]) { sides, witness in
                if let word = word(witness) { sides[word, default: []].insert(label(witness.detector)) }
            }
        }
        add(.severity, says { $0.severity?.rawValue })
        // A vague word is no other word.
        add(.kind, says { $0.kind.isVague ? nil : $0.kind.rawValue })
        add(.verification, says { $0.verified.map { $0 ? "it works" : "it does not work" } })
        add(.suppression, says { $0.suppressed == nil ? "reported" : "suppressed" })
        let passing = Set(witnesses.filter { $0.passed == true }.map { label($0.detector) })
        let failing = Set(reporting.map { label($0.detector) })
        add(.check, passing.isEmpty ? [:] : ["passed": passing, "failed": failing])
        let detectors = witnesses.isEmpty ? [finding.detector] : witnesses.map(\.detector)
        let silent = seen.map { self.silent(on: finding, of: $0, reportedBy: detectors) } ?? []
        add(
            .presence,
            silent.isEmpty ? [:] : ["reported": Set(detectors.map(label)), Contradiction.notReported: silent])
        return claims
    }

    /// Tools that looked for the like of it and report nothing there.
    private func silent(
        on finding: Finding, of wanted: EvidenceClass, reportedBy detectors: [String]
    ) -> Set<String> {
        let reporting = Set(detectors.map { toolOf[$0] ?? $0 })
        let silent = runs.filter { run in
            run.provides.contains(wanted) && !reporting.contains(run.tool) && had(finding, before: run)
        }
        return Set(silent.map { labels[$0.tool] ?? $0.tool })
    }

    private func had(_ finding: Finding, before run: Receipt) -> Bool {
        guard run.imported == nil else {
            return finding.kind == .vulnerableComponent
                || finding.persistence == .present && finding.location.path != nil
        }
        guard let layer = finding.location.layer else {
            return run.metadata && finding.location.site == .metadata
        }
        return run.layers.contains { $0.index == layer.index && $0.diffID == layer.diffID }
    }

    /// One run that verified a signature, and another that verified none, or failed.
    private func onSignatures() -> [Contradiction] {
        let looking = evidence.receipts.filter {
            $0.target == evidence.image.digest && $0.imported != nil && $0.provides.contains(.signatures)
        }
        let holding = looking.filter { $0.outcome == .completed && ($0.imported?.signatures ?? 0) > 0 }
        let failing = looking.filter { ($0.imported?.signatures ?? 0) == 0 }
        guard !holding.isEmpty, !failing.isEmpty else { return [] }
        func side(_ says: String, _ runs: [Receipt]) -> Contradiction.Side {
            .init(says: says, tools: Set(runs.map { "\($0.tool) \($0.version)" }))
        }
        return [
            Contradiction(
                .signature, evidence: .signatures,
                sides: [side("verified", holding), side("not verified", failing)],
                findings: [])
        ]
    }

    private func label(_ detector: String) -> String {
        toolOf[detector].flatMap { labels[$0] } ?? detector
    }
}

extension Contradiction {
    /// What it is put in order by.
    fileprivate var order: [String] {
        [matter.rawValue, evidence?.rawValue ?? ""] + sides.flatMap { [$0.says] + $0.tools }
    }
}

extension FindingKind {
    /// What a detector looks for that can report such findings, where what it looks for tells of all of them.
    ///
    /// Checks of settings differ from tool to tool, so that one reports none says nothing.
    fileprivate var evidence: EvidenceClass? {
        if isSecret { return .secrets }
        return self == .vulnerableComponent ? .vulnerabilities : nil
    }
}
