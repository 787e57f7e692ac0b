internal import Patterns

/// Tries whether a pattern can be made to backtrack without bound.
///
/// Nothing shorter than running it tells for certain: whether two loops get in each other's way depends on what PCRE2
/// makes of them. So for every loop in the pattern texts are made that go through it many times in several ways and
/// then end as the pattern does not want. A pattern that is exponential in any of them exceeds a limit that others are
/// far from.
enum BacktrackCheck {
    /// How often a loop is gone through, a length at which 2 to its power is out of reach.
    private static let turns = 30
    /// Steps that no text of this length takes unless they double with each turn.
    private static let steps: UInt32 = 500_000
    /// In how many ways alternatives and options in a loop are taken.
    private static let ways = 8
    private static let endings: [[UInt8]] = [[], [0x01]]
    private static let longest = 4096

    /// How many bytes of a text made from `pattern` were too much for it; nil where none were.
    static func excess(_ pattern: String) throws(DetectionError) -> Int? {
        guard let tree = PatternParser.parse(pattern) else { return nil }
        let compiled = try RegularExpression.compile(pattern, place: "", checkOnly: true)
        let matcher = PatternMatcher(matchLimit: steps)
        var tried: Set<[UInt8]> = []
        for loop in tree.loops() {
            for way in 0..<ways {
                let turn = turn(of: loop.body, way)
                guard !turn.isEmpty else { continue }
                let count = min(turns, max(1, longest / turn.count))
                let text = loop.prefix + Array(repeatElement(turn, count: count).joined())
                guard tried.insert(text).inserted else { continue }
                for ending in endings where isTooMuch(text + ending, compiled, matcher) {
                    return text.count + ending.count
                }
            }
        }
        return nil
    }

    /// The first way takes the first of everything and no option, the second every option, the others what comes.
    private static func turn(of body: PatternNode, _ way: Int) -> [UInt8] {
        var state = UInt64(way) &* 0x9e37_79b9_7f4a_7c15
        var choose: (Int) -> Int = { count in
            guard count > 1, way > 0 else { return 0 }
            guard way > 1 else { return count == 2 ? 1 : 0 }
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        return body.sample(&choose)
    }

    private static func isTooMuch(
        _ text: [UInt8], _ pattern: RegularExpression, _ matcher: borrowing PatternMatcher
    ) -> Bool {
        let outcome = pattern.firstMatch(
            in: text.span, from: 0, limit: text.count, isBeginning: true, matcher: matcher)
        if case .exhausted = outcome { return true }
        return false
    }
}
