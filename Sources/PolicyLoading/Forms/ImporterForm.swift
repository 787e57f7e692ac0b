import Model
import YAMLDocuments

/// `kind: Importer`: what another tool's words mean.
enum ImporterForm {
    static let form: ValueForm<ImporterRules> = mapping(
        "an importer document", "what another tool's words mean",
        Envelope.apiVersion, Envelope.kind(.importer),
        required("tools", Values.set(of: Values.glob), "the tools that it is about, * for every one"),
        optional("severities", Values.list(of: rating), "how bad the tool's own words are"),
        optional("kinds", Values.list(of: kind), "what the tool's rules find; the first that fits counts"),
        optional(
            "exitStatuses", Values.set(of: Values.integer(in: 0...255)),
            "exit statuses by which it says that it did its work"),
        optional(
            "foundStatuses", Values.set(of: Values.integer(in: 1...255)),
            "those of them by which it says that it found something: with nothing listed, it failed")
    ) { node, reading, _, _, tools, ratings, kinds, statuses, found in
        ImporterRules(
            tools: tools.map(lowercased), ratings: ratings ?? [], kinds: kinds ?? [],
            exitStatuses: statuses, foundStatuses: found, source: reading.place(node.mark))
    }

    private static let rating: ValueForm<ImporterRules.Rating> = mapping(
        "a rating", "words of the tool, and how bad that is",
        required("words", Values.set(of: Values.glob), "in whatever case"),
        optional(
            "severity", Values.choice(Severity.self),
            "how bad it is; without it, the words say that nobody has rated it")
    ) { _, _, words, severity in
        ImporterRules.Rating(words: words.map(lowercased), severity: severity)
    }

    private static let kind: ValueForm<ImporterRules.Kind> = mapping(
        "a kind", "rules of the tool, and what they find",
        required("rules", Values.set(of: Values.glob), "ids or titles, in whatever case"),
        required("kind", Values.choice(FindingKind.self), "what a finding of them is"),
        optional("confidence", Values.choice(Confidence.self), "how sure the tool is by them")
    ) { _, _, rules, kind, confidence in
        ImporterRules.Kind(rules: rules.map(lowercased), kind: kind, confidence: confidence)
    }

    @Sendable private static func lowercased(_ glob: Glob) -> Glob { Glob(glob.pattern.lowercased()) }
}
