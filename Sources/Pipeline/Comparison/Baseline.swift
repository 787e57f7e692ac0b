import Cryptography
import Model

/// What an earlier audit found, to tell what is new since.
struct Baseline {
    private struct Image {
        let image: ImageFacts
        let facts: BaselineFacts
        let key: String
        let known: Set<SubjectIdentity>

        init(_ document: StoredEvidence) throws(AuditError) {
            let bytes = try document.content()
            let evidence = try StoredEvidence(place: document.place, bytes: bytes).read()
            image = evidence.image
            facts = BaselineFacts(
                name: evidence.image.name, digest: evidence.image.digest,
                evidence: Digest(sha256: SHA256Hasher.hash(bytes)))
            key = evidence.fingerprintKey
            known = Set(evidence.findings.map { SubjectIdentity($0) })
        }
    }

    private let place: String
    /// At least one.
    private let images: [Image]

    /// The evidence, the bundles and the folders of reports at `paths`.
    init(_ paths: [String]) throws(AuditError) {
        var images: [Image] = []
        for path in paths {
            for document in try EvidenceInput.documents(at: path) { images.append(try Image(document)) }
        }
        place = paths.joined(separator: ", ")
        self.images = images
    }

    /// Throws where fingerprints under the key `id` cannot be held against its own.
    func requireKey(_ id: String) throws(AuditError) {
        guard let foreign = images.first(where: { $0.key != id }) else { return }
        throw AuditError(
            code: .foreignBaseline, place: place,
            reason: "its fingerprints are of the key \(foreign.key), and those of this audit of \(id): "
                + "equal secrets cannot be told")
    }

    /// The evidence with what of it was there already.
    func noted(in evidence: Evidence) throws(AuditError) -> Evidence {
        try requireKey(evidence.fingerprintKey)
        let before = try earlier(evidence.image)
        var evidence = evidence
        for index in evidence.findings.indices {
            let isKnown = before.known.contains(SubjectIdentity(evidence.findings[index]))
            evidence.findings[index].attributes["inBaseline"] = .flag(isKnown)
        }
        evidence.baseline = before.facts
        return evidence
    }

    /// The only image, whatever it is called, or of several the one of this name; else the one of this name without its tag.
    ///
    /// Of two that are called alike neither is: what only the other had would count as known.
    private func earlier(_ image: ImageFacts) throws(AuditError) -> Image {
        if images.count == 1 { return images[0] }
        let alike = images.filter { $0.image.platform == image.platform && $0.image.slug == image.slug }
        let same = alike.filter { $0.image.name == image.name }
        if let only = [same, alike].first(where: { $0.count == 1 })?.first { return only }
        let words = alike.isEmpty ? "none of them is" : "\(alike.count) of them are"
        throw AuditError(
            code: .strangeBaseline, place: place,
            reason: "is about \(images.count) images, and \(words) called like \(image.name)")
    }
}
