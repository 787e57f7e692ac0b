import Cryptography
import JSONDocuments
import Model

/// What an earlier audit found, to tell what is new since.
struct Baseline {
    private let place: String
    private let facts: BaselineFacts
    private let key: String
    private let known: Set<SubjectIdentity>

    /// The evidence document at `path`.
    init(_ path: String) throws(AuditError) {
        let bytes = try WholeFile.read(path, atMost: JSONDocument.largest, or: .brokenEvidence)
        let evidence = try StoredEvidence(place: path, bytes: bytes).read()
        place = path
        facts = BaselineFacts(
            name: evidence.image.name, digest: evidence.image.digest,
            evidence: Digest(sha256: SHA256Hasher.hash(bytes)))
        key = evidence.fingerprintKey
        known = Set(evidence.findings.map { SubjectIdentity($0) })
    }

    /// Throws where fingerprints under the key `id` cannot be held against its own.
    func requireKey(_ id: String) throws(AuditError) {
        guard id != key else { return }
        throw AuditError(
            code: .foreignBaseline, place: place,
            reason: "its fingerprints are of the key \(key), and those of this audit of \(id): "
                + "equal secrets cannot be told")
    }

    /// The evidence with what of it was there already.
    func noted(in evidence: Evidence) throws(AuditError) -> Evidence {
        try requireKey(evidence.fingerprintKey)
        var evidence = evidence
        for index in evidence.findings.indices {
            let isKnown = known.contains(SubjectIdentity(evidence.findings[index]))
            evidence.findings[index].attributes["inBaseline"] = .flag(isKnown)
        }
        evidence.baseline = facts
        return evidence
    }
}
