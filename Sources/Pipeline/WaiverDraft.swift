package import Model
import Reporting

/// A waiver for somebody to fill in: what it is about is written out, and what only people know is empty, so that it does
/// not load before they have said it.
package enum WaiverDraft {
    private static let shortest = 4

    /// The document, line by line, for the finding whose id or fingerprint begins with `name`.
    package static func lines(
        for name: String, in stored: StoredEvidence, from first: Instant, days: Int
    ) throws(AuditError) -> [String] {
        let evidence = try stored.read()
        let name = name.lowercased()
        let found = evidence.findings.filter { finding in
            name.utf8.count >= shortest
                && (finding.id.hasPrefix(name) || finding.fingerprint?.text.hasPrefix(name) ?? false)
        }
        guard let finding = found.first else {
            throw AuditError(
                code: .noSuchFinding, place: SafeText.cleaning(name, limit: 80).text,
                reason: "no finding in \(stored.place) has an id or a fingerprint that begins so")
        }
        let isSecret = finding.fingerprint?.text.hasPrefix(name) ?? false
        guard found.count == 1 || isSecret && Set(found.map(\.fingerprint)).count == 1 else {
            throw AuditError(
                code: .noSuchFinding, place: name,
                reason: "\(found.count) findings in \(stored.place) begin so: give more of the id")
        }
        return document(finding, byFingerprint: isSecret, image: evidence.image, from: first, days: days)
    }

    private static func document(
        _ finding: Finding, byFingerprint: Bool, image: ImageFacts, from first: Instant, days: Int
    ) -> [String] {
        let title = SafeText.cleaning(finding.title, limit: 100).text
        let place = SafeText.cleaning(finding.location.summary, limit: 200).text
        let target = byFingerprint ? finding.fingerprint.map { "fingerprint: \($0)" } : nil
        return [
            "apiVersion: palimpsest/v1", "kind: Waivers", "waivers:",
            "  # \(title): \(place)",
            "  - id: waive-\(byFingerprint ? finding.fingerprint?.short ?? "" : String(finding.id.prefix(8)))",
            "    \(target ?? "finding: \(finding.id)")",
            "    images: [\"\(image.digest)\"]",
            "    justification: \"\"  # why the risk can be borne",
            "    owner: \"\"  # who bears it",
            "    approver: \"\"  # who accepts it: somebody else",
            "    ticket: \"\"  # where it was decided",
            "    created: \(first.day)",
            "    expires: \(first.adding(days: days - 1).day)  # its last day",
        ]
    }
}
