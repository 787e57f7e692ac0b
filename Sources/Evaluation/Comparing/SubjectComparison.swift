internal import Model

/// Holds what one audit found against what another did.
struct SubjectComparison {
    private let before: AuditedImage?
    private let after: AuditedImage
    private let old: [SubjectIdentity: SubjectGroup]
    private let new: [SubjectIdentity: SubjectGroup]
    private let searchBefore: Search?
    private let searchAfter: Search?
    private let earlier: [(evidence: Evidence, groups: [SubjectIdentity: SubjectGroup])]
    private let isSameRule: (String) -> Bool
    private let severitiesBefore: [String: Severity]
    private let severitiesAfter: [String: Severity]
    /// What became of each thing that is told of.
    private(set) var changes: [SubjectIdentity: Change] = [:]
    private(set) var differences: [SubjectDifference] = []

    /// Compares nothing where one of the two has no evidence.
    init(
        _ before: AuditedImage?, _ after: AuditedImage, earlier: [AuditedImage], searchBefore: Search?,
        searchAfter: Search?, isSameRule: @escaping (String) -> Bool
    ) {
        self.before = before
        self.after = after
        self.searchBefore = searchBefore
        self.searchAfter = searchAfter
        self.isSameRule = isSameRule
        severitiesBefore = (before ?? after).severities
        severitiesAfter = after.severities
        let isComparable = after.evidence != nil && (before == nil || before?.evidence != nil)
        old = isComparable ? before.map(SubjectGroup.all) ?? [:] : [:]
        new = isComparable ? SubjectGroup.all(in: after) : [:]
        self.earlier = earlier.compactMap { audited in
            audited.evidence.map { ($0, SubjectGroup.all(in: audited)) }
        }
        for (identity, group) in old { tell(group, new[identity], identity) }
        for (identity, group) in new where old[identity] == nil { tell(nil, group, identity) }
    }

    /// The things that broke `rule` before.
    func breaking(_ rule: String) -> [SubjectIdentity] {
        old.filter { $0.value.breaks[rule] != nil }.map(\.key)
    }

    /// Whether the later audit has it, in whatever standing.
    func isThere(_ identity: SubjectIdentity) -> Bool { new[identity] != nil }

    private mutating func tell(_ was: SubjectGroup?, _ became: SubjectGroup?, _ identity: SubjectIdentity) {
        guard was?.isProblem == true || became?.isProblem == true else { return }
        let (change, reason) = change(was, became, identity)
        changes[identity] = change
        let isGone = became?.isProblem != true
        let told = (isGone ? was : became)?.difference(
            change, severities: isGone ? severitiesBefore : severitiesAfter, acceptedBy: became?.acceptedBy,
            reason: reason)
        if let told { differences.append(told) }
    }

    private func change(
        _ was: SubjectGroup?, _ became: SubjectGroup?, _ identity: SubjectIdentity
    ) -> (Change, String?) {
        switch (was, became) {
        case (let was?, nil): gone(was)
        case (nil, let became?): found(became, identity)
        case (let was?, let became?): kept(was, became)
        case (nil, nil): (.stillThere, nil)
        }
    }

    private func gone(_ was: SubjectGroup) -> (Change, String?) {
        guard let search = searchAfter, let evidence = before?.evidence else { return (.coverageLost, nil) }
        guard let obstacle = search.obstacle(to: was, foundIn: evidence) else { return (.fixed, nil) }
        return (.coverageLost, "nobody can say that it is gone: \(obstacle)")
    }

    private func found(_ became: SubjectGroup, _ identity: SubjectIdentity) -> (Change, String?) {
        guard let search = searchBefore, let evidence = after.evidence else { return (.new, nil) }
        for audit in earlier.reversed() {
            guard let group = audit.groups[identity], group.isProblem,
                search.obstacle(to: group, foundIn: audit.evidence) == nil
            else { continue }
            return (.reopened, "it was found in an earlier audit, and was gone in the one before this")
        }
        let obstacle = search.obstacle(to: became, foundIn: evidence)
        return (.new, obstacle.map { "it may have been there before: \($0)" })
    }

    private func kept(_ was: SubjectGroup, _ became: SubjectGroup) -> (Change, String?) {
        if was.isHidden, became.isVisible {
            return (.reopened, "it had been removed from what a container sees, and is back")
        }
        let lapsed = became.openRules.sorted().lazy.compactMap { rule in
            was.waivers(of: rule).flatMap { after.lapse(of: $0) }
        }.first
        if let lapsed { return (.waiverLapsed, lapsed) }
        guard became.findings.isEmpty else { return (.stillThere, became.isHidden ? Self.hidden : nil) }
        switch (was.breaks.isEmpty, became.breaks.isEmpty) {
        case (true, false): return (.new, "it was there before, and broke no rule")
        case (false, true): return settled(was, became)
        default: return (.stillThere, nil)
        }
    }

    private static let hidden = "an upper layer hides it, and it is still in the image"

    /// An item that is still there and breaks no rule any more.
    private func settled(_ was: SubjectGroup, _ became: SubjectGroup) -> (Change, String?) {
        if let lost = was.knownOfAll.subtracting(became.knownOfAll).min() {
            return (.coverageLost, "it is still there, and nothing tells its \(lost) any more")
        }
        for rule in was.breaks.keys.sorted() {
            guard after.isJudged(by: rule) else {
                return (.coverageLost, "it is still there, and \(rule) is not assessed")
            }
            guard isSameRule(rule) else {
                return (.stillThere, "\(rule) does not count it any more: the policy is another")
            }
        }
        return (.fixed, "it is still there, and breaks no rule")
    }
}

extension AuditedImage {
    /// How severe it is to break each rule.
    fileprivate var severities: [String: Severity] {
        Dictionary(assessment.rules.map { ($0.id, $0.severity) }, uniquingKeysWith: max)
    }

    /// Whether something came out for `rule`.
    func isJudged(by rule: String) -> Bool {
        assessment.rules.contains { $0.id == rule && !$0.status.isOpen }
    }

    /// What became of `waivers` that covered something and do not any more.
    func lapse(of waivers: [String]) -> String? {
        let states = Dictionary(
            assessment.waivers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return waivers.compactMap { id in
            guard let result = states[id] else { return "the waiver \(id) is not given any more" }
            return result.state.covers
                ? "the waiver \(id) does not cover all of it"
                : "the waiver \(id) is \(result.state.rawValue): \(result.reason)"
        }.first
    }
}

extension Status {
    /// Whether nobody knows: only more evidence, or a person, could tell.
    var isOpen: Bool { self == .notAssessed || self == .error || self == .manual }
}
