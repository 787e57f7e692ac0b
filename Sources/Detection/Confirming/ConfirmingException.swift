internal import Model
internal import Patterns

/// An exception of a rule with its patterns compiled.
struct ConfirmingException: Sendable {
    private let exception: DetectorException
    private let paths: [RegularExpression]
    private let patterns: [RegularExpression]

    init(_ exception: DetectorException, place: String) throws(DetectionError) {
        self.exception = exception
        paths = try Self.compiled(exception.paths, place)
        patterns = try Self.compiled(exception.patterns, place)
    }

    private static func compiled(
        _ texts: [String], _ place: String
    ) throws(DetectionError) -> [RegularExpression] {
        var patterns: [RegularExpression] = []
        for text in texts { patterns.append(try RegularExpression.compile(text, place: place)) }
        return patterns
    }

    /// Whether the exception is about this match, which stands in the file at `path`.
    func holds(
        _ match: RegularExpression.Match, in window: Span<UInt8>, path: [UInt8],
        matcher: borrowing PatternMatcher
    ) -> Bool {
        var answers: [Bool] = []
        if !paths.isEmpty {
            var isFitting = false
            for pattern in paths where !path.isEmpty && !isFitting {
                isFitting = pattern.matches(path.span, matcher)
            }
            answers.append(isFitting)
        }
        if !patterns.isEmpty {
            let range =
                switch exception.target {
                case .secret: match.secret
                case .match: match.whole
                case .line: match.line(in: window)
                }
            var isFitting = false
            for pattern in patterns where !isFitting {
                isFitting = pattern.matches(window.extracting(range), matcher)
            }
            answers.append(isFitting)
        }
        if !exception.words.isEmpty {
            answers.append(Self.holdsWord(of: exception.words, window.extracting(match.secret)))
        }
        guard !answers.isEmpty else { return false }
        return exception.needsAll ? answers.allSatisfy(\.self) : answers.contains(true)
    }

    private static func holdsWord(of words: [String], _ secret: Span<UInt8>) -> Bool {
        let text = String(decoding: secret.indices.map { secret[$0] }, as: UTF8.self).lowercased()
        return words.contains { text.contains($0) }
    }
}

extension RegularExpression.Match {
    /// How much of a line counts at each side: all of a file may be one, with a match at every few bytes.
    private static let reach = 4096

    /// The line or lines of the window that it stands in, as far as they are near.
    func line(in window: Span<UInt8>) -> Range<Int> {
        let newline = UInt8(ascii: "\n")
        var start = whole.lowerBound
        let first = max(0, start - Self.reach)
        while start > first, window[start - 1] != newline { start -= 1 }
        var end = whole.upperBound
        let last = min(window.count, end + Self.reach)
        while end < last, window[end] != newline { end += 1 }
        return start..<end
    }
}

extension DetectorRule {
    /// All that PCRE2 has to accept of it.
    var patterns: [String] {
        [pattern] + allow + (pathPattern.map { [$0] } ?? []) + exceptions.flatMap { $0.paths + $0.patterns }
    }
}
