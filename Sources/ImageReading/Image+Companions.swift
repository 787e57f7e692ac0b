internal import Model

extension Image {
    private static let companionLimit = 100

    /// Names what an index lists beside this image and is none, and looks at the text of what its builder states of it.
    mutating func attach(_ companions: [ImageCandidate]) {
        let own = companions.filter { $0.subject == nil || $0.subject == digest }
        var room = Attestation.sizeLimit
        for companion in own.prefix(Self.companionLimit) {
            guard companion.role == .attestation else {
                gaps.append(
                    Gap(
                        layer: nil, reason: .artifact,
                        detail: "\(companion.noun) \(companion.manifest.digest): no image, not looked at"))
                continue
            }
            let attestation = Attestation.read(companion.manifest, in: blobs, room: &room)
            configuration.otherText += attestation.fields
            let types = ImageCandidate.list(attestation.predicates)
            let name = "an attestation \(companion.manifest.digest)\(types.isEmpty ? "" : " (\(types))")"
            let fate =
                attestation.failures.first.map { "not all of it was looked at: \($0)" }
                ?? "no image, its text was looked at"
            // What is stated of the image was to be searched, and what is missing might have told of a secret.
            let reason = attestation.failures.isEmpty ? GapReason.attestation : .unreadable
            gaps.append(Gap(layer: nil, reason: reason, detail: "\(name): \(fate)"))
        }
        let others = own.dropFirst(Self.companionLimit)
        guard !others.isEmpty else { return }
        let isStatementMissing = others.contains { $0.role == .attestation }
        let detail = "\(others.count) more attestations and artifacts: not looked at"
        gaps.append(
            Gap(layer: nil, reason: isStatementMissing ? .sizeLimit : .artifact, detail: detail))
    }
}
