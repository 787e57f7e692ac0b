/// What another tool's words mean to us: read from `Policies/importers/`.
package struct ImporterRules: Hashable, Sendable {
    /// What a tool calls bad.
    package struct Rating: Hashable, Sendable {
        package let words: [Glob]
        /// How bad that is; nil where the words say that nobody has rated it.
        package let severity: Severity?

        package init(words: [Glob], severity: Severity?) {
            self.words = words
            self.severity = severity
        }
    }

    /// What some of a tool's rules find.
    package struct Kind: Hashable, Sendable {
        package let rules: [Glob]
        package let kind: FindingKind
        /// How sure the tool is by these rules; nil where nothing is known of that.
        package let confidence: Confidence?

        package init(rules: [Glob], kind: FindingKind, confidence: Confidence?) {
            self.rules = rules
            self.kind = kind
            self.confidence = confidence
        }
    }

    /// The tools that it is about; `*` for every one.
    package let tools: [Glob]
    package let ratings: [Rating]
    package let kinds: [Kind]
    /// Exit statuses by which the tool says that it did its work, whatever it found; nil where that is not said here.
    package let exitStatuses: [Int]?
    /// Those of them by which it says that it found something; nil where that is not said here.
    package let foundStatuses: [Int]?
    /// Where it is written.
    package let source: String

    package init(
        tools: [Glob], ratings: [Rating], kinds: [Kind], exitStatuses: [Int]?, foundStatuses: [Int]? = nil,
        source: String
    ) {
        self.tools = tools
        self.ratings = ratings
        self.kinds = kinds
        self.exitStatuses = exitStatuses
        self.foundStatuses = foundStatuses
        self.source = source
    }
}
