package import Model
import Reporting

/// A waiver for somebody to fill in: what it is about is written out, and what only people know is empty, so that it does
/// not load before they have said it.
package enum WaiverDraft {
    /// The document, line by line, for the finding whose id or fingerprint begins with `name`.
    package static func lines(
        for name: String, in stored: StoredEvidence, from first: Instant, days: Int
    ) throws(AuditError) -> [String] {
        let images = try EvidenceInput.read(stored).images(of: stored.place)
        let found = try FindingSearch.findings(called: name, in: images, of: stored.place)
        let isSecret = FindingSearch.isFingerprint(name, of: found[0])
        let holders = images.filter { !FindingSearch.all(called: name, in: $0).isEmpty }
        return document(
            found[0], byFingerprint: isSecret, images: holders.map(\.image.digest), from: first, days: days)
    }

    private static func document(
        _ finding: Finding, byFingerprint: Bool, images: [Digest], from first: Instant, days: Int
    ) -> [String] {
        let title = SafeText.cleaning(finding.title, limit: 100).text
        let place = SafeText.cleaning(finding.location.summary, limit: 200).text
        let target = byFingerprint ? finding.fingerprint.map { "fingerprint: \($0)" } : nil
        return [
            "apiVersion: palimpsest/v1", "kind: Waivers", "waivers:",
            "  # \(title): \(place)",
            "  - id: waive-\(byFingerprint ? finding.fingerprint?.short ?? "" : String(finding.id.prefix(8)))",
            "    \(target ?? "finding: \(finding.id)")",
            "    images: [\(images.map { "\"\($0)\"" }.joined(separator: ", "))]",
            "    justification: \"\"  # why the risk can be borne",
            "    owner: \"\"  # who bears it",
            "    approver: \"\"  # who accepts it: somebody else",
            "    ticket: \"\"  # where it was decided",
            "    created: \(first.day)",
            "    expires: \(first.adding(days: days - 1).day)  # its last day",
        ]
    }
}
