import Testing

@testable import Patterns

struct RegularExpressionTests {
    @Test(
        "no match starts behind the last place that it may start at",
        arguments: [(0, nil), (3, nil), (4, 4), (5, 4), (8, 4), (9, 9), (.max, 9)] as [(Int, Int?)])
    func lastStart(_ last: Int, _ expected: Int?) throws {
        let pattern = try RegularExpression.compile("(?<=-)ab")
        let text = Array("abc-abc--ab".utf8)
        let outcome = pattern.firstMatch(
            in: text.span, from: last > 8 ? 5 : 0, upTo: last, limit: text.count, isBeginning: true,
            matcher: PatternMatcher())
        let start: Int? = if case .match(let match) = outcome { match.whole.lowerBound } else { nil }
        #expect(start == expected)
    }
}
