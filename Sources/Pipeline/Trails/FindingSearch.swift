import Model
import Reporting

/// Finds what people call a finding by: the beginning of its id, or of its fingerprint.
package enum FindingSearch {
    /// Fewer characters are the beginning of too many ids.
    package static let shortest = 4

    /// The one finding whose id begins with `name`, or all the places of the one secret whose fingerprint does.
    ///
    /// Never empty, and of several images where they have it; `place` is what holds the evidence, for errors.
    static func findings(
        called name: String, in images: [Evidence], of place: String
    ) throws(AuditError) -> [Finding] {
        let found = images.flatMap { all(called: name, in: $0) }
        guard let first = found.first else { throw none(called: name, in: place) }
        guard
            Set(found.map(\.id)).count == 1
                || isFingerprint(name, of: first) && Set(found.map(\.fingerprint)).count == 1
        else {
            throw AuditError(
                code: .noSuchFinding, place: SafeText.cleaning(name, limit: 80).text,
                reason: "\(found.count) findings in \(place) begin so: give more of the id")
        }
        return found
    }

    /// Every finding that may be meant.
    static func all(called name: String, in evidence: Evidence) -> [Finding] {
        let name = name.lowercased()
        guard name.utf8.count >= shortest else { return [] }
        return evidence.findings.filter { $0.id.hasPrefix(name) || isFingerprint(name, of: $0) }
    }

    /// Whether `name` is the beginning of the finding's fingerprint.
    static func isFingerprint(_ name: String, of finding: Finding) -> Bool {
        finding.fingerprint?.text.hasPrefix(name.lowercased()) ?? false
    }

    static func none(called name: String, in place: String) -> AuditError {
        AuditError(
            code: .noSuchFinding, place: SafeText.cleaning(name, limit: 80).text,
            reason: advice(onLengthOf: name)
                ?? "no finding in \(place) has an id or a fingerprint that begins so")
    }

    /// What is to be said of a name that is too short for one of a finding.
    static func advice(onLengthOf name: String) -> String? {
        name.utf8.count < shortest
            ? "give at least \(shortest) characters of the finding's id or fingerprint" : nil
    }
}
