internal import Model

/// Facts that agree in the fields of few values, so that a rule asks all of them at once for those.
struct FactGroup<Base: PlaceableFacts> {
    let facts: [PlacedFacts<Base>]
    /// The kind of finding, or the type of item.
    let kind: String

    static func groups(_ all: [Base]) -> [FactGroup] {
        Dictionary(grouping: PlacedFacts.each(of: all), by: \.agreement)
            .map { agreement, facts in FactGroup(facts: facts, kind: agreement.kind) }
    }

    /// What is to be asked of each, beside what is settled for all; nil where the answer is no for all of them.
    func question(_ matcher: Matcher, asOf: Instant) -> Matcher? {
        guard facts.count > 1 else { return matcher }
        let question = matcher.settled(by: facts[0], in: Base.agreed, asOf: asOf)
        return question.isNever ? nil : question
    }
}

/// The values of fields that have few.
struct Agreement: Hashable {
    /// The kind of finding, or the type of item.
    let kind: String
    var severity: Severity?
    var confidence: Confidence?
    let persistence: Persistence
    let origin: Origin
    /// The field of the metadata.
    let config: ExactText?
    var standing: Standing?

    /// What others say of a finding.
    struct Standing: Hashable {
        let isRated: Bool
        let isVerified: Bool
        let isSuppressed: Bool
    }
}
