import PolicyLoading

/// The documents that evidence is held against, as they are written.
struct PolicyDocuments: Sendable {
    /// Frameworks, rules and trust anchors, in the order in which they are loaded.
    let policy: [PolicySource]
    /// Waivers and attestations.
    let signOffs: [PolicySource]
}
