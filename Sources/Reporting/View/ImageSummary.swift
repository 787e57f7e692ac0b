internal import Model

/// The image as a report names it.
package struct ImageSummary: Sendable {
    package let name: SafeText
    package let digest: SafeText
    package let configDigest: SafeText
    package let platform: SafeText
    package let created: SafeText?
    package let base: BaseSummary?
    /// The name as file and class names take it.
    package let slug: SafeText

    init(_ facts: ImageFacts) {
        name = .cleaning(facts.name)
        digest = .cleaning(facts.digest.text)
        configDigest = .cleaning(facts.configDigest.text)
        platform = .cleaning(facts.platform, limit: 60)
        created = facts.created.map { .cleaning($0.description) }
        base = facts.base.map(BaseSummary.init)
        slug = .cleaning(facts.slug)
    }
}
