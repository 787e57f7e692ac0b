internal import Model

/// Holds what came of each rule in one audit against another.
struct RuleComparison {
    let before: AuditedImage?
    let after: AuditedImage
    let earlier: [AuditedImage]
    let subjects: SubjectComparison
    let isSameRule: (String) -> Bool

    /// What is worse, better, or as bad as before; rules that nothing broke and nothing breaks are left out.
    var differences: [RuleDifference] {
        let old = Self.byID(before?.assessment.rules ?? [])
        let new = Self.byID(after.assessment.rules)
        return Set(old.keys).union(new.keys).compactMap { id in
            let (was, became) = (old[id], new[id])
            guard let told = became ?? was, let (change, reason) = change(id, was, became) else { return nil }
            return RuleDifference(
                change: change, rule: id, title: told.title, severity: told.severity, before: was?.status,
                after: became?.status, reason: reason ?? told.reason)
        }
    }

    private func change(_ id: String, _ was: RuleResult?, _ became: RuleResult?) -> (Change, String?)? {
        let wasJudged = was.map { !$0.status.isOpen } ?? false
        guard let became else {
            guard let was, wasJudged, was.status != .notApplicable else { return nil }
            return (
                .coverageLost,
                "no such rule was judged: the policy has it no more, or nothing it needs was looked for"
            )
        }
        if became.status.isOpen { return wasJudged ? (.coverageLost, nil) : nil }
        let isBroken = was?.isBroken ?? false
        switch became.status {
        case .fail, .warn:
            guard let was, isBroken else { return (isReopened(id, was) ? .reopened : .new, nil) }
            if let reason = lapse(was, became) { return (.waiverLapsed, reason) }
            guard was.status == .waived || was.effect == became.effect else {
                return (
                    .mappingChanged,
                    "what breaks it is a \(became.effect.rawValue) now; it was a "
                        + "\(was.effect.rawValue) under the other policy"
                )
            }
            return (was.status == .waived ? .new : .stillThere, nil)
        case .waived: return (isBroken ? .stillThere : isReopened(id, was) ? .reopened : .new, nil)
        case .pass: return was.flatMap { isBroken ? passed($0, became) : nil }
        case .notApplicable, .notAssessed, .error, .manual:
            return isBroken ? (.coverageLost, "the rule is not about this image any more") : nil
        }
    }

    /// Why a waiver that covered what broke the rule does not any more; nil where none ceased to.
    private func lapse(_ was: RuleResult, _ became: RuleResult) -> String? {
        let open = Set(became.violations.filter { $0.waiver == nil }.map(\.id))
        let covering = was.violations.filter { was.status == .waived || open.contains($0.id) }
            .compactMap(\.waiver)
        let ended = Set(covering).sorted().filter { id in
            // One about which there is nothing any more did not lapse: what it covered is gone.
            !after.assessment.waivers.contains { $0.id == id && ($0.state.covers || $0.state == .unused) }
        }
        return after.lapse(of: ended)
    }

    /// Whether it was met the last time and broken before that.
    private func isReopened(_ id: String, _ was: RuleResult?) -> Bool {
        was?.status == .pass
            && earlier.contains { $0.assessment.rules.contains { $0.id == id && $0.isBroken } }
    }

    /// A rule that was broken and passes: fixed only where what broke it is proven to be gone.
    private func passed(_ was: RuleResult, _ became: RuleResult) -> (Change, String?) {
        let things = subjects.breaking(was.id)
        if things.contains(where: { subjects.changes[$0] == .coverageLost }) {
            return (.coverageLost, "it passes, and nobody can say that what broke it is gone")
        }
        let ground = before.map { GroundComparison(before: $0, after: after) }
        if let reason = ground?.loss(from: was, to: became) { return (.coverageLost, reason) }
        guard !isSameRule(was.id) else { return (.fixed, nil) }
        guard !things.isEmpty else {
            return (.coverageLost, "it passes under another policy, which may not ask for the same")
        }
        return things.contains(where: subjects.isThere)
            ? (.stillThere, "what broke it is still there, and the policy does not count it any more")
            : (.fixed, nil)
    }

    private static func byID(_ rules: [RuleResult]) -> [String: RuleResult] {
        Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension RuleResult {
    /// Whether something is known to break it, accepted or not.
    var isBroken: Bool { !violations.isEmpty }
}
