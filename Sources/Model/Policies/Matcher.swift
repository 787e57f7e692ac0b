/// A declarative condition over the facts of one subject.
///
/// No embedded language: a matcher always ends, and can be explained. Its outcome is yes, no or unknown: a test of a
/// field that nobody recorded is unknown, and so is its negation; a rule that is unknown for a subject cannot pass.
/// `exists` is the guard against that.
package indirect enum Matcher: Hashable, Sendable {
    case all([Matcher])
    case any([Matcher])
    case not(Matcher)
    /// A test of one field; unknown where the subject should have the field and does not, except for `exists`.
    ///
    /// The fields that say where something is (``FactField/absenceIsKnown``) fail the test instead.
    case test(FactField, Test)

    /// What is asked of one field's value.
    package enum Test: Hashable, Sendable {
        case equals(AttributeValue)
        case isIn([AttributeValue])
        /// `*` within a path component, `**` across them, `?` one character. Anchored at both ends.
        case glob(Glob)
        /// Found anywhere in the text; unknown where that takes more steps than any honest text does.
        case matches(TextPattern)
        /// At least this number, severity or confidence.
        case atLeast(AttributeValue)
        /// The instant lies more than this many days before the as-of instant; negative reaches into the future.
        case olderThan(days: Int)
        case exists(Bool)
    }
}
