package import Model

/// What documents of every kind came to.
package struct LoadedDocuments: Sendable {
    /// The rules of one policy, from however many documents.
    package struct PolicyRules: Hashable, Sendable {
        package let id: String
        package let title: String
        package let rules: [Rule]
        package let waiverLimits: WaiverLimits
        package let tailoring: [Tailoring]
    }

    /// Ordered by id.
    package let frameworks: [Framework]
    /// Ordered by id.
    package let policies: [PolicyRules]
    /// Ordered by id, as changed by overrides.
    package let detectors: [DetectorRule]
    /// What overrides changed, a line each.
    package let detectorNotes: [String]
    package let waivers: [Waiver]
    package let attestations: [ControlAttestation]
    /// Ordered by name.
    package let anchors: [TrustAnchor]
    /// Ordered by where they are written.
    package let importers: [ImporterRules]
    /// In the order of the documents.
    package let cases: [PolicyCase]
}
