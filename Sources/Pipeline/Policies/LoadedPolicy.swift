import Model

/// What evidence is held against, and the documents that say so.
struct LoadedPolicy: Sendable {
    let documents: PolicyDocuments
    let policy: Policy
    let signOffs: SignOffs
}
