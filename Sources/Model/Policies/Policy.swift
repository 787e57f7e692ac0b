/// YAML, loaded and checked: which evidence meets or breaks which controls, how severe, what to do.
package struct Policy: Hashable, Sendable {
    /// `baseline`.
    package let id: String
    package let title: String
    /// A digest of every document it was loaded from.
    package let digest: Digest
    package let frameworks: [Framework]
    /// Ordered by id; ids are unique.
    package let rules: [Rule]
    package let waiverLimits: WaiverLimits
    /// What it changes of the policies that it extends.
    package let tailoring: [Tailoring]
    /// The authorities that images may trust; ordered by name.
    package let anchors: [TrustAnchor]

    package init(
        id: String, title: String, digest: Digest, frameworks: [Framework], rules: [Rule],
        waiverLimits: WaiverLimits = .usual, tailoring: [Tailoring] = [], anchors: [TrustAnchor] = []
    ) {
        self.id = id
        self.title = title
        self.digest = digest
        self.frameworks = frameworks
        self.rules = rules.sorted { $0.id < $1.id }
        self.waiverLimits = waiverLimits
        self.tailoring = tailoring
        self.anchors = anchors
    }
}
