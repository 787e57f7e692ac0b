internal import Model

/// A pattern for the first stage, and whom to blame where it does not compile.
struct ProposingPattern: Hashable, Sendable {
    let pattern: String
    /// The rule and where it is written.
    let place: String

    /// What is searched for to propose matches of `rule`.
    init(_ rule: DetectorRule) {
        pattern = rule.prefilter ?? rule.pattern
        place = ConfirmingRule.place(of: rule)
    }

    init(pattern: String, place: String) {
        self.pattern = pattern
        self.place = place
    }
}

extension DetectorRule {
    /// Whether the first stage proposes where to look; the whole of each fitting file or field is searched otherwise.
    ///
    /// A rule for some paths is proposed where it has a prefilter: few bytes of many files are then looked at.
    var isProposed: Bool { fields.isEmpty && (paths.isEmpty || prefilter != nil) }
}
