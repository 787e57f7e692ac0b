/// What became of one attestation over one image.
package struct AttestationResult: Hashable, Sendable, Codable {
    package enum State: String, Codable, Sendable, CaseIterable {
        /// The control counts as met by it.
        case active
        /// Its last day is over.
        case expired
        /// Its first day has not come.
        case pending
        /// It is about other images.
        case unused
        /// The control is not left to a person: the evidence decides it, and no word outweighs that.
        case decided
        /// Hints against it could not be looked for, so the word is not enough.
        case withheld
    }

    package let framework: String
    package let control: String
    package let state: State
    package let statement: String
    package let attestedBy: String
    package let evidence: [ControlAttestation.Document]
    package let created: Instant
    /// The last day on which it counts.
    package let validUntil: Instant
    package let source: String

    package init(_ attestation: ControlAttestation, state: State) {
        framework = attestation.framework
        control = attestation.control
        self.state = state
        statement = attestation.statement
        attestedBy = attestation.attestedBy
        evidence = attestation.evidence
        created = attestation.validity.created
        validUntil = attestation.validity.lastDay
        source = attestation.source
    }
}
