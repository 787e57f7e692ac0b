package import Model

/// What documents of every kind came to.
package struct LoadedDocuments: Sendable {
    /// The rules of one policy, from however many documents.
    package struct PolicyRules: Hashable, Sendable {
        package let id: String
        package let title: String
        package let rules: [Rule]
    }

    /// Ordered by id.
    package let frameworks: [Framework]
    /// Ordered by id.
    package let policies: [PolicyRules]
    /// Ordered by id.
    package let detectors: [DetectorRule]
    /// Ordered by where they are written.
    package let importers: [ImporterRules]
}
