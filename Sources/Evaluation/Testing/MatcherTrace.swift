internal import Model

/// What each part of a matcher has come out as, over many subjects.
///
/// Parts are tried as far as they decide: behind an operand of `all` that does not hold, and behind one of `any` that
/// does, none is looked at.
struct MatcherTrace {
    /// A part, by the positions of operands that lead to it.
    typealias Place = [Int]

    private(set) var held: Set<Place> = []
    private(set) var failed: Set<Place> = []

    /// Tries `matcher` on `facts`.
    mutating func record(_ matcher: Matcher, on facts: some Facts, asOf: Instant, absence: Absence) {
        _ = trace(matcher, facts, asOf, absence, at: [])
    }

    /// The parts that `matcher` consists of, itself first, and what they say in words.
    static func parts(of matcher: Matcher, at place: Place = []) -> [(place: Place, words: String)] {
        let operands: [Matcher] =
            switch matcher {
            case .all(let operands), .any(let operands): operands
            case .not(let operand): [operand]
            case .test: []
            }
        return [(place, matcher.words)]
            + operands.enumerated().flatMap { parts(of: $1, at: place + [$0]) }
    }

    private mutating func trace(
        _ matcher: Matcher, _ facts: some Facts, _ asOf: Instant, _ absence: Absence, at place: Place
    ) -> Truth {
        var truth: Truth
        switch matcher {
        case .all(let operands):
            truth = .yes
            for (position, operand) in operands.enumerated() {
                let part = trace(operand, facts, asOf, absence, at: place + [position])
                if part == .no {
                    truth = .no
                    break
                }
                if truth == .yes { truth = part }
            }
        case .any(let operands):
            truth = .no
            for (position, operand) in operands.enumerated() {
                let part = trace(operand, facts, asOf, absence, at: place + [position])
                if part == .yes {
                    truth = .yes
                    break
                }
                if truth == .no { truth = part }
            }
        case .not(let operand): truth = !trace(operand, facts, asOf, absence, at: place + [0])
        case .test: truth = matcher.truth(of: facts, asOf: asOf, absence: absence)
        }
        if truth == .yes { held.insert(place) }
        if truth == .no { failed.insert(place) }
        return truth
    }
}
