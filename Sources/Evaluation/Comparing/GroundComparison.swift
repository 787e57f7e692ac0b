internal import Model

/// Holds what a rule went by beside the image itself against what it goes by later: other images, and the base.
///
/// A thing that broke a rule and is still there may cease to break it because one of these was taken away. That mends
/// nothing: it is no longer looked at.
struct GroundComparison {
    let before: AuditedImage
    let after: AuditedImage

    /// What is missing for the proof that a rule which passes was mended, in a sentence; nil where nothing is.
    func loss(from was: RuleResult, to became: RuleResult) -> String? {
        guard let old = before.evidence, let new = after.evidence else {
            return became.receipts.contains(Receipt.comparison)
                ? "it passes, and nothing tells which images it was held against" : nil
        }
        let broke = Set(was.violations.map(\.id))
        let kept = Dictionary(grouping: new.findings, by: SubjectIdentity.init)
        let pairs = old.findings.filter { broke.contains($0.id) }.compactMap { finding in
            kept[SubjectIdentity(finding)].map { (was: finding, became: $0) }
        }
        if isComparison(became, in: new) {
            let missing = Set(pairs.flatMap { $0.was.sharedWith ?? [] })
                .filter { !isAmong(new.comparedWith ?? [], $0) }.map(\.name)
            guard missing.isEmpty else {
                let names = Phrase.list(Set(missing).sorted(), limit: 3)
                return "it passes, and was not held against what had the same before: \(names)"
            }
        }
        return pairs.contains { lostBase($0.was, $0.became) }
            ? "it passes, and what broke it is where it was, which is not known to be from the base any more"
            : nil
    }

    /// Whether the rule passes on what other images hold.
    private func isComparison(_ result: RuleResult, in evidence: Evidence) -> Bool {
        let classes: Set<EvidenceClass> = [.comparison, .environments]
        return evidence.receipts.contains {
            result.receipts.contains($0.detector) && !classes.isDisjoint(with: $0.provides)
        }
    }

    /// Whether an image is one of `images`, for whichever tag or digest; and for the same environment, if that was told.
    private func isAmong(_ images: [ComparedImage], _ wanted: ComparedImage) -> Bool {
        images.contains { image in
            let isSame =
                image.digest == wanted.digest
                || ImageFacts.unversioned(image.name) == ImageFacts.unversioned(wanted.name)
            return isSame && (wanted.environment == nil || image.environment == wanted.environment)
        }
    }

    /// Whether a finding stands as before in the same place of the same layer, of which alone its origin is another.
    private func lostBase(_ was: Finding, _ became: [Finding]) -> Bool {
        guard was.origin == .base, let layer = was.location.layer?.diffID else { return false }
        let there = became.filter {
            $0.location.layer?.diffID == layer && $0.location.path == was.location.path
                && $0.persistence == was.persistence
        }
        return !there.isEmpty && there.allSatisfy { $0.origin != .base }
    }
}
