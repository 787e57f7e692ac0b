internal import Model

/// What people said of controls that are left to a person.
///
/// It stands for the control and nothing else: the image's own status comes from rules, and no word outweighs evidence.
struct AttestationLedger {
    private let attestations: [ControlAttestation]
    private let image: ImageFacts
    private let asOf: Instant

    init(_ attestations: [ControlAttestation], of image: ImageFacts, asOf: Instant) {
        self.attestations = attestations
        self.image = image
        self.asOf = asOf
    }

    /// The results with what was attested of the controls that are left to a person.
    func settled(_ results: [ControlResult]) -> [ControlResult] {
        attestations.isEmpty ? results : results.map(settled)
    }

    private func settled(_ result: ControlResult) -> ControlResult {
        let word = attestations.first { $0.speaks(of: result) && state(of: $0, over: result) == .active }
        return word.map(result.attested) ?? result
    }

    /// What became of each, given what came out for the controls before any of them counted.
    func results(over controls: [ControlResult]) -> [AttestationResult] {
        attestations.map { attestation in
            let control = controls.first { attestation.speaks(of: $0) }
            return AttestationResult(attestation, state: state(of: attestation, over: control))
        }
    }

    private func state(
        of attestation: ControlAttestation, over control: ControlResult?
    ) -> AttestationResult.State {
        if attestation.validity.hasEnded(at: asOf) { return .expired }
        if !attestation.validity.hasBegun(at: asOf) { return .pending }
        guard image.fits(attestation.images), let control else { return .unused }
        guard control.status == .manual else { return .decided }
        let isOpen = control.contributions.contains { $0.status == .notAssessed || $0.status == .error }
        return isOpen ? .withheld : .active
    }
}

extension ControlAttestation {
    fileprivate func speaks(of result: ControlResult) -> Bool {
        framework == result.framework && control == result.id
    }
}

extension ControlResult {
    fileprivate func attested(by word: ControlAttestation) -> ControlResult {
        let documents = Phrase.list(word.evidence.map(\.name), limit: 3)
        return ControlResult(
            framework: framework, id: id, title: title, group: group, reach: reach, status: .pass,
            reason: "attested by \(word.attestedBy) on \(word.validity.created.day) with \(documents), until "
                + "\(word.validity.lastDay.day): \(word.statement)",
            contributions: contributions)
    }
}
