internal import Model

/// Holds what one audit looked at against what another did.
struct CoverageComparison {
    let before: Search
    let after: Search

    var losses: [CoverageLoss] { classes + detectors + gaps }

    private var classes: [CoverageLoss] {
        EvidenceClass.allCases.compactMap { wanted in
            guard before.shortfall(of: wanted) == nil, let reason = after.shortfall(of: wanted) else {
                return nil
            }
            return CoverageLoss(part: .evidence, name: wanted.rawValue, reason: reason)
        }
    }

    private struct Name: Hashable {
        let detector: String
        let tool: String

        init(_ receipt: Receipt) {
            detector = receipt.detector
            tool = receipt.tool
        }
    }

    /// Detectors that finished before, and did not run, did not finish or saw less.
    private var detectors: [CoverageLoss] {
        let old = Dictionary(
            grouping: before.evidence.receipts.filter { $0.outcome == .completed }, by: Name.init)
        let new = Dictionary(grouping: after.evidence.receipts, by: Name.init)
        return old.compactMap { name, theirs in
            guard let reason = Self.loss(theirs, in: before.evidence, new[name] ?? [], in: after.evidence)
            else { return nil }
            return CoverageLoss(part: .detector, name: "\(name.detector) of \(name.tool)", reason: reason)
        }
    }

    private static func loss(
        _ theirs: [Receipt], in before: Evidence, _ own: [Receipt], in after: Evidence
    ) -> String? {
        guard !own.isEmpty else { return "has not run" }
        let whole = own.filter { $0.outcome == .completed && $0.target == after.image.digest }
        guard !whole.isEmpty else {
            let isFailed = own.allSatisfy { $0.outcome == .failed }
            return isFailed ? "failed" : "did not finish, or looked at another image"
        }
        let missing = Set(theirs.flatMap(\.provides)).subtracting(whole.flatMap(\.provides)).sorted()
        guard missing.isEmpty else { return "does not report on \(Phrase.list(missing.map(\.rawValue)))" }
        if theirs.contains(where: \.metadata), !whole.contains(where: \.metadata) {
            return "did not look at the configuration and the history"
        }
        func sees(_ receipts: [Receipt], _ evidence: Evidence) -> Bool {
            evidence.layers.filter { !$0.empty }.allSatisfy { layer in receipts.contains { $0.saw(layer) } }
        }
        return sees(theirs, before) && !sees(whole, after) ? "did not see the whole of every layer" : nil
    }

    private struct Place: Hashable {
        let path: EntryPath?
        let reason: GapReason
        /// Of a layer that was not read as a whole; layers that are read count by their paths.
        let layer: Digest?

        init(_ gap: Gap, in evidence: Evidence) {
            path = gap.path
            reason = gap.reason
            layer =
                gap.path == nil
                ? evidence.layers.first { $0.index == gap.layer && gap.layer != nil }.flatMap {
                    $0.digest ?? $0.diffID
                }
                : nil
        }
    }

    /// Gaps that were not there before.
    private var gaps: [CoverageLoss] {
        let known = Set(before.evidence.gaps.map { Place($0, in: before.evidence) })
        let new = after.evidence.gaps.filter {
            $0.reason.blocksPass && !known.contains(Place($0, in: after.evidence))
        }
        return Set(
            new.map { gap in
                let place = gap.path?.description ?? gap.layer.map { "layer \($0)" } ?? "beside the layers"
                return CoverageLoss(
                    part: .gap, name: place, reason: "\(gap.reason.rawValue): \(gap.detail)")
            }
        ).sorted()
    }

    /// What neither audit, or one of the two, did not look at to the last byte, in a sentence each.
    var untold: [String] {
        Self.untold(before, "the earlier", offered: provided(before))
            + Self.untold(after, "the later", offered: provided(before).union(provided(after)))
    }

    private func provided(_ search: Search) -> Set<EvidenceClass> {
        Set(search.evidence.receipts.flatMap(\.provides))
            .union(
                EvidenceClass.allCases.filter {
                    $0.isAlwaysLookedFor && search.evidence.image.kind.has($0)
                })
    }

    private static func untold(_ search: Search, _ name: String, offered: Set<EvidenceClass>) -> [String] {
        offered.sorted().compactMap { wanted in
            search.shortfall(of: wanted).map {
                "\(name) audit does not cover \(wanted.rawValue): \($0)"
            }
        }
    }
}
