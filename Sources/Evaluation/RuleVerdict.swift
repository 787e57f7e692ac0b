internal import Model

/// What came out for one rule, before it is put into words.
///
/// A pass carries its proof, and only ``CoverageCheck`` makes proofs: there is no way to pass without evidence.
enum RuleVerdict {
    /// How many things break the rule, and are no more than it lets be.
    case pass(Coverage, tolerated: Int)
    /// Never without violations; the caveat says what could not be looked at beside them.
    case violated(Violations, Rule.Effect, caveat: Shortfall?)
    case notAssessed(Shortfall)
    /// The rule's condition was tested on facts the image has, and does not hold.
    case notApplicable(reason: String)
    /// Judging went wrong, in words.
    case error(String)

    /// Whether something is known to break the rule, however much else is missing.
    var isViolated: Bool { if case .violated = self { true } else { false } }
}

/// What is missing for a pass, as clauses that make up a sentence; never empty.
struct Shortfall: Error, Hashable {
    let clauses: [String]

    /// The clauses in one sentence, the first few of them if there are many.
    var sentence: String {
        let shown = clauses.prefix(3).joined(separator: "; ")
        return clauses.count > 3 ? "\(shown); and \(clauses.count - 3) more" : shown
    }
}
