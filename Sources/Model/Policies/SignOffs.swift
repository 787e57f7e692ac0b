/// What people signed: risks that they accept, and controls that they say are met.
package struct SignOffs: Hashable, Sendable {
    /// Of all documents together; nil where there are none.
    package let digest: Digest?
    /// Ordered by id; ids are unique.
    package let waivers: [Waiver]
    package let attestations: [ControlAttestation]

    package static let none = SignOffs(digest: nil, waivers: [], attestations: [])

    package init(digest: Digest?, waivers: [Waiver], attestations: [ControlAttestation]) {
        self.digest = digest
        self.waivers = waivers.sorted { $0.id < $1.id }
        self.attestations = attestations.sorted {
            ($0.framework, $0.control, $0.source) < ($1.framework, $1.control, $1.source)
        }
    }
}
