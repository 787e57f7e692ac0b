import Synchronization

/// A pattern over text, character by character, for any thread.
package final class TextSearch: Sendable {
    private let pattern: RegularExpression
    /// One for all: a policy may have thousands of patterns, and texts are short.
    private static let matcher = Mutex(PatternMatcher(matchLimit: 100_000))

    package init(_ pattern: String) throws(PatternError) {
        self.pattern = try RegularExpression.compile(pattern, ofText: true)
    }

    /// Whether it matches anywhere in `text`; nil where that takes more steps than any honest text does.
    package func matches(_ text: String) -> Bool? {
        let bytes = Array(text.utf8)
        return Self.matcher.withLock { matcher in
            let outcome = pattern.firstMatch(
                in: bytes.span, from: 0, limit: bytes.count, isBeginning: true, matcher: matcher)
            return switch outcome {
            case .match: true
            case .none: false
            case .exhausted: nil
            }
        }
    }
}
