internal import Model

/// The outcome of a test: missing data is neither true nor false.
///
/// Kleene's strong logic: unknown stays unknown under `not`, and decides nothing that another operand does not.
enum Truth: Hashable {
    case yes
    case no
    /// The field that would have to be known.
    case unknown(FactField)

    init(_ value: Bool) { self = value ? .yes : .no }

    static prefix func ! (truth: Truth) -> Truth {
        switch truth {
        case .yes: .no
        case .no: .yes
        case .unknown: truth
        }
    }
}

/// What a field that the subject does not have says.
enum Absence {
    /// `exists` is answered by it, every other test is unknown.
    case answersExists
    /// Nothing: every test is unknown.
    ///
    /// For conditions under which a rule is not about an image, so that leaving a fact out never makes a rule go away.
    case answersNothing
}

extension Matcher {
    /// Whether the matcher holds for a subject.
    func truth(of facts: some Facts, asOf: Instant, absence: Absence = .answersExists) -> Truth {
        switch self {
        case .all(let operands):
            Self.conjunction(operands) { $0.truth(of: facts, asOf: asOf, absence: absence) }
        case .any(let operands):
            !Self.conjunction(operands) { !$0.truth(of: facts, asOf: asOf, absence: absence) }
        case .not(let operand): !operand.truth(of: facts, asOf: asOf, absence: absence)
        case .test(let field, let test):
            test.truth(of: facts.value(of: field), in: field, asOf: asOf, absence: absence)
        }
    }

    /// No if any operand is, else unknown if any is, else yes.
    private static func conjunction(_ operands: [Matcher], truth: (Matcher) -> Truth) -> Truth {
        var result = Truth.yes
        for operand in operands {
            switch truth(operand) {
            case .no: return .no
            case .unknown(let field): if result == .yes { result = .unknown(field) }
            case .yes: continue
            }
        }
        return result
    }
}

extension Matcher.Test {
    fileprivate func truth(
        of stored: AttributeValue?, in field: FactField, asOf: Instant, absence: Absence
    ) -> Truth {
        guard let stored else {
            if absence == .answersExists, case .exists(let wanted) = self { return Truth(!wanted) }
            return field.absenceIsKnown && absence == .answersExists ? .no : .unknown(field)
        }
        // Most tests are these, for which nothing need be converted.
        if case .glob(let glob) = self, case .text(let text) = stored, field.type == .text {
            return Truth(glob.matches(text))
        }
        let value = TypedValue(stored, as: field.type)
        switch self {
        case .exists(let wanted):
            return Truth(wanted != (field.isNoneWhereEmpty && stored.display.isEmpty))
        case _ where value == nil: return .unknown(field)
        case .equals(let wanted): return Truth(value == TypedValue(wanted, as: field.type))
        case .isIn(let wanted): return Truth(wanted.contains { value == TypedValue($0, as: field.type) })
        case .glob(let glob): return Truth(glob.matches(stored.display))
        case .matches(let pattern):
            return pattern.matches(stored.display).map(Truth.init) ?? .unknown(field)
        case .atLeast(let bound):
            return value?.isAtLeast(TypedValue(bound, as: field.type)).map(Truth.init) ?? .unknown(field)
        case .olderThan(let days):
            guard case .instant(let instant)? = value else { return .unknown(field) }
            return Truth(instant < asOf.adding(days: -days))
        }
    }
}
