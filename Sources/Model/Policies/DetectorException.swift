/// What a rule's match is not, if this holds of it: an exception with conditions, as gitleaks' allowlists have them.
package struct DetectorException: Hashable, Sendable {
    /// What the patterns are held against.
    package enum Target: String, Sendable, CaseIterable {
        case secret, match, line
    }

    /// PCRE2, against the file's path.
    package let paths: [String]
    /// PCRE2, against the target.
    package let patterns: [String]
    package let target: Target
    /// In lower case; one of these in the secret.
    package let words: [String]
    /// Whether everything that is asked has to hold, and not just one of it.
    package let needsAll: Bool

    package init(
        paths: [String] = [], patterns: [String] = [], target: Target = .secret, words: [String] = [],
        needsAll: Bool = false
    ) {
        self.paths = paths
        self.patterns = patterns
        self.target = target
        self.words = words
        self.needsAll = needsAll
    }

    package var isEmpty: Bool { paths.isEmpty && patterns.isEmpty && words.isEmpty }
}
