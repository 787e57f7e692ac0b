internal import Model

/// How statuses combine: the one place that decides what a control or an image comes out as.
///
/// Two ideas run through it. What is known to be broken is said to be broken, however much else is missing. And nothing
/// is said to be met unless somebody looked: a rule that could not be assessed withholds the pass of whatever it
/// speaks to, even where it could only have given a hint, since with the hint the outcome would have been another.
enum StatusLattice {
    /// A rule's part in a control: how it speaks to it, and what came out.
    struct Part: Hashable {
        let relation: ControlEdge.Relation
        let status: Status
    }

    /// What an image comes out as, given its rules.
    ///
    /// Missing evidence outranks a failure, because a verdict on half the evidence is no verdict. Rules that are not about
    /// the image decide nothing, and nothing at all is not a pass. Only a person can settle `manual`, so until then
    /// it is missing.
    static func image(_ rules: some Collection<Status>) -> Status {
        if rules.contains(.error) { return .error }
        if rules.contains(.notAssessed) || rules.contains(.manual) { return .notAssessed }
        if rules.contains(.fail) { return .fail }
        if rules.contains(.warn) { return .warn }
        if rules.contains(.waived) { return .waived }
        return rules.contains(.pass) ? .pass : .notAssessed
    }

    /// What a control comes out as, given how far an image can decide it and the rules that speak to it.
    static func control(_ reach: Control.Reach, _ parts: some Collection<Part>) -> Status {
        switch reach {
        case .none: .manual
        case .indicates: hint(parts) ?? .manual
        case .fleet: isBroken(parts) ? .fail : hint(parts) ?? .manual
        case .partial, .decides: decision(parts)
        }
    }

    /// What a control comes out as that an image can decide, at least in part.
    ///
    /// `not-assessed` is kept for evidence that is missing. Where the policy has nothing that could meet the control, no
    /// evidence would help: that is left to a person, and does not make a complete audit look like a broken one.
    private static func decision(_ parts: some Collection<Part>) -> Status {
        if isBroken(parts) { return .fail }
        if parts.contains(where: { $0.status == .error }) { return .error }
        if parts.contains(where: { $0.status == .notAssessed || $0.status == .manual }) {
            return .notAssessed
        }
        if let hint = hint(parts) { return hint }
        let direct = parts.filter { $0.relation == .direct }
        if direct.contains(where: { $0.status == .pass }) { return .pass }
        return direct.isEmpty ? .manual : .notApplicable
    }

    /// Whether a rule that speaks to the control directly is broken.
    private static func isBroken(_ parts: some Collection<Part>) -> Bool {
        parts.contains { $0.relation == .direct && $0.status == .fail }
    }

    /// What the parts say short of breaking the control; nil where they say nothing.
    private static func hint(_ parts: some Collection<Part>) -> Status? {
        if parts.contains(where: { $0.status == .fail || $0.status == .warn }) { return .warn }
        if parts.contains(where: { $0.status == .error }) { return .error }
        return parts.contains { $0.status == .waived } ? .waived : nil
    }
}

extension RuleVerdict {
    /// The status that says so; `acceptingAll`: whether people accepted everything that breaks the rule.
    ///
    /// What is accepted is what was seen. Where not all was looked at, nobody knows what else there is to accept.
    func status(acceptingAll: Bool) -> Status {
        switch self {
        case .pass: .pass
        case .violated(_, _, nil) where acceptingAll: .waived
        case .violated where acceptingAll: .notAssessed
        case .violated(_, .fail, _): .fail
        case .violated(_, .warn, nil): .warn
        // Something to look at says nothing of what nobody looked at.
        case .violated(_, .warn, _?): .notAssessed
        case .notAssessed: .notAssessed
        case .notApplicable: .notApplicable
        case .error: .error
        }
    }
}
