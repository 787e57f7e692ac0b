internal import Model

/// Whether an audit looked for what another one found, so that finding nothing means something.
struct Search {
    let evidence: Evidence
    private let check: CoverageCheck
    /// The rules that something was found by, by detector: these are still among its rules.
    private let used: [String: Set<String>]
    private let layers: [Digest: Int]
    private let ruleSets: [Digest: Set<String>]

    /// `ruleSets` are the ids of the rules in the sets of which they are known.
    init(_ evidence: Evidence, ruleSets: [Digest: Set<String>]) {
        self.evidence = evidence
        self.ruleSets = ruleSets
        check = CoverageCheck(evidence)
        var used: [String: Set<String>] = [:]
        for finding in evidence.findings { used[finding.detector, default: []].insert(finding.rule) }
        for item in evidence.inventory { used[item.detector, default: []].insert(item.type.rawValue) }
        self.used = used
        layers = Dictionary(
            evidence.layers.compactMap { layer in layer.diffID.map { ($0, layer.index ?? 0) } },
            uniquingKeysWith: min)
    }

    /// What is missing for the proof that a class of evidence was looked at; nil where nothing is.
    func shortfall(of wanted: EvidenceClass) -> String? {
        do {
            _ = try check.coverage(of: [wanted])
            return nil
        } catch {
            return error.sentence
        }
    }

    /// Why this audit cannot say that there is no such thing as `group`, which `other` found; nil where it can.
    func obstacle(to group: SubjectGroup, foundIn other: Evidence) -> String? {
        for (detector, rules) in group.detectors.sorted(by: { $0.key < $1.key }) {
            let theirs = other.receipts.filter { $0.detector == detector }
            let own = evidence.receipts.filter { $0.detector == detector }
            guard !own.isEmpty else { return "\(detector) has not run" }
            let isForeign = own.allSatisfy { $0.imported != nil }
            let classes = Set((theirs.isEmpty ? own : theirs).flatMap(\.provides))
            if let reason = isForeign ? gap(in: own, classes) : gap(in: detector, classes) { return reason }
            if let reason = loss(of: rules, theirs, own, isForeign: isForeign) { return reason }
        }
        // Bytes stay what they are: where they are still there, another answer is the detector's.
        if let layer = group.secretLayers.compactMap({ layers[$0] }).min() {
            return "the layer that holds it is there, as layer \(layer), and nothing is reported in it"
        }
        return evidence.image.digest == other.image.digest
            ? "the image is the very same, and nothing is reported in it" : nil
    }

    private func gap(in detector: String, _ classes: Set<EvidenceClass>) -> String? {
        do {
            _ = try check.coverage(of: Array(classes), andBy: [detector])
            return nil
        } catch {
            return error.sentence
        }
    }

    /// The same of another tool, which does not say which bytes it read.
    private func gap(in receipts: [Receipt], _ classes: Set<EvidenceClass>) -> String? {
        let name = receipts[0].detector
        let covering = receipts.contains { receipt in
            receipt.outcome == .completed && receipt.target == evidence.image.digest
                && classes.isSubset(of: receipt.provides)
        }
        guard covering else { return "\(name) did not look at all of this image for the same" }
        let blocking = evidence.gaps.first { gap in
            gap.reason.blocksPass && gap.layer == nil
                && (gap.missing.map { $0.isEmpty || !classes.isDisjoint(with: $0) } ?? true)
        }
        return blocking.map { "something beside the layers was not read (\($0.reason.rawValue))" }
    }

    /// Which of the rules nothing shows to be among those of a detector still.
    private func loss(
        of rules: Set<String>, _ theirs: [Receipt], _ own: [Receipt], isForeign: Bool
    ) -> String? {
        let detector = own[0].detector
        let sets = Set(own.compactMap(\.rules))
        let isSame =
            sets.isEmpty
            // What other tools go by is not told; they say which version they are.
            ? isForeign || !Set(own.map(\.version)).isDisjoint(with: theirs.map(\.version))
            : !sets.isDisjoint(with: theirs.compactMap(\.rules))
        guard !isSame else { return nil }
        let known = sets.compactMap { ruleSets[$0] }.reduce(used[detector] ?? []) { $0.union($1) }
        return rules.subtracting(known).min().map {
            "\(detector) has other rules, and nothing shows that \($0) is among them"
        }
    }
}
