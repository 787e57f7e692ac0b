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
    /// Whether it is looked for in all content, so that the first stage must propose where.
    var isProposed: Bool { paths.isEmpty && fields.isEmpty }
}
