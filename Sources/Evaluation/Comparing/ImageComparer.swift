package import Model

/// Holds an audit of an image against an earlier one.
///
/// A pure function of what the two left behind. What was found is the same thing by ``SubjectIdentity``, so a secret that
/// moved is still there. That something is gone counts as `fixed` only where the later audit looked: with a receipt of the
/// same detector that covers the image, by rules that still have the one it was found by, and with none of the layers
/// that held the secret still in the image. In every other case coverage was lost, which is worse than before and not
/// better.
package enum ImageComparer {
    /// `earlier` are audits before `before`, the oldest first; `ruleSets` the ids of rules by the digest of their set.
    ///
    /// Without `before` all is new, and without `after` nothing was looked at.
    package static func compare(
        _ before: AuditedImage?, _ after: AuditedImage?, earlier: [AuditedImage] = [],
        ruleSets: [Digest: Set<String>] = [:]
    ) -> ImageDifference {
        guard let after else { return ImageDifference(lost: before) }
        let searchBefore = before?.evidence.map { Search($0, ruleSets: ruleSets) }
        let searchAfter = after.evidence.map { Search($0, ruleSets: ruleSets) }
        let isSameRule = { isRule($0, theSameIn: before, and: after) }
        let subjects = SubjectComparison(
            before, after, earlier: earlier, searchBefore: searchBefore, searchAfter: searchAfter,
            isSameRule: isSameRule)
        let rules = RuleComparison(
            before: before, after: after, earlier: earlier, subjects: subjects, isSameRule: isSameRule)
        let coverage: CoverageComparison? =
            if let searchBefore, let searchAfter {
                CoverageComparison(before: searchBefore, after: searchAfter)
            } else { nil }
        let ruleDifferences = rules.differences
        let lost =
            (coverage?.losses ?? []).map(\.name)
            + subjects.differences.filter { $0.change == .coverageLost }.map(\.title)
            + ruleDifferences.filter { $0.change == .coverageLost }.map(\.rule)
        return ImageDifference(
            before: before?.told, after: after.told, subjects: subjects.differences,
            rules: ruleDifferences,
            controls: before.map { MappingComparison.controls($0, after) } ?? [],
            coverage: coverage?.losses ?? [],
            mapping: before.map { MappingComparison.differences($0, after) } ?? [],
            detectors: detectors(before?.evidence, after.evidence),
            untold: untold(before, after) + (coverage?.untold ?? []) + untold(behind: lost))
    }

    /// Whether the rule asks for the same in both, so that its passing means the same.
    private static func isRule(
        _ id: String, theSameIn before: AuditedImage?, and after: AuditedImage
    ) -> Bool {
        guard let before, before.assessment.policy.digest != after.assessment.policy.digest else {
            return true
        }
        guard let old = before.policy, let new = after.policy,
            let was = old.rules.first(where: { $0.id == id }),
            let became = new.rules.first(where: { $0.id == id })
        else { return false }
        return became.changes(from: was).isEmpty && old.anchors == new.anchors
    }

    private static func detectors(_ before: Evidence?, _ after: Evidence?) -> [DetectorDifference] {
        guard let before, let after else { return [] }
        func versions(_ evidence: Evidence) -> [[String]: [DetectorDifference.Version]] {
            Dictionary(grouping: evidence.receipts) { [$0.detector, $0.tool] }
                .mapValues { Set($0.map(DetectorDifference.Version.init)).sorted() }
        }
        let (old, new) = (versions(before), versions(after))
        return new.filter { old[$0.key] != $0.value }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { name, versions in
                DetectorDifference(
                    detector: name[0], tool: name[1], before: old[name] ?? [], after: versions)
            }
    }

    /// What nobody looked at may hold what is new.
    private static func untold(behind lost: [String]) -> [String] {
        guard !lost.isEmpty else { return [] }
        let names = Phrase.list(Set(lost).sorted(), limit: 3)
        return ["what is new cannot be told where coverage was lost: \(names)"]
    }

    private static func untold(_ before: AuditedImage?, _ after: AuditedImage) -> [String] {
        [("earlier", before), ("later", after)].flatMap { name, audited -> [String] in
            guard let audited else { return [] }
            var sentences: [String] = []
            if audited.evidence == nil {
                sentences.append(
                    "of the \(name) audit only the assessment is given: what was found cannot be compared")
            }
            let open = audited.assessment.rules.filter { $0.status == .notAssessed || $0.status == .error }
            if !open.isEmpty {
                let names = Phrase.list(open.map(\.id).sorted(), limit: 3)
                sentences.append(
                    "in the \(name) audit \(Phrase.count(open.count, "rule")) not assessed: \(names)")
            }
            return sentences
        }
    }
}

extension ImageDifference {
    /// Of an image that the later documents do not have.
    fileprivate init(lost before: AuditedImage?) {
        let name = before?.image.name ?? ""
        self.init(
            before: before?.told, after: nil,
            coverage: [
                CoverageLoss(part: .image, name: name, reason: "the later audit has no such image")
            ], untold: ["nothing of \(name) can be told: the later audit has no such image"])
    }
}
