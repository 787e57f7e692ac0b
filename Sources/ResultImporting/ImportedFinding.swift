package import Model

/// One thing that another tool reports, before it has its place in the image.
package struct ImportedFinding: Hashable, Sendable {
    /// What sort of thing it is; which kind exactly is for the mapping of rules to say.
    package enum Sort: Hashable, Sendable {
        case secret, vulnerability, misconfiguration
        /// Of a kind that the tool's format tells.
        case known(FindingKind)
        /// Nothing that we have a word for.
        case other
    }

    package var sort: Sort
    /// What it is in our words, which the mapping tells from the tool's.
    package private(set) var kind = FindingKind.other
    /// The tool's own rule.
    package var rule: String
    /// What the rule is called, which never has anything of what was found in it.
    package var title: String
    /// In the tool's own word; nil where it has none.
    package var severity: String?
    /// The same in ours; nil where it says none.
    package private(set) var rating: Severity?
    /// Whether the tool rates it by a word that no table has, so that it could be as bad as any.
    private(set) var isOddlyRated = false
    package var confidence: Confidence?
    package var place: ImportedPlace
    /// Of the secret, in the ways in which the tool gives it; the first is the best.
    ///
    /// Empty where it gives none.
    package var fingerprints: [Fingerprint] = []
    package var preview: Redacted?
    package var verified: Bool?
    package var suppressed: String?
    package var attributes: [String: AttributeValue] = [:]
    /// Other ids of the same vulnerability.
    package var aliases: [String] = []

    init(
        _ sort: Sort, rule: String, title: String? = nil, severity: String? = nil, place: ImportedPlace
    ) {
        self.sort = sort
        self.rule = rule
        self.title = title ?? rule
        self.severity = severity
        self.place = place
    }

    /// Tells what the words of `tool` mean.
    mutating func interpret(by mapping: ResultMapping, of tool: String) {
        (kind, confidence) = mapping.kind(of: self, by: tool)
        let told = severity.flatMap { mapping.rating($0, of: tool) }
        rating = told?.severity
        isOddlyRated = severity != nil && told == nil
    }
}
