internal import Model

/// The image as a report names it.
package struct ImageSummary: Sendable {
    /// What it is, where it is no image: `build cache`.
    package let otherKind: SafeText?
    package let name: SafeText
    package let digest: SafeText
    package let configDigest: SafeText
    package let platform: SafeText
    package let created: SafeText?
    package let base: BaseSummary?
    /// The name as file and class names take it, and no other image of the run has it.
    package let slug: SafeText

    init(_ facts: ImageFacts, among others: [ComparedImage]) {
        otherKind = facts.kind == .image ? nil : "build cache"
        name = .cleaning(facts.name)
        digest = .cleaning(facts.digest.text)
        configDigest = .cleaning(facts.configDigest.text)
        platform = .cleaning(facts.platform, limit: 60)
        created = facts.created.map { .cleaning($0.description) }
        base = facts.base.map(BaseSummary.init)
        slug = .cleaning(facts.slug(among: others))
    }
}
