package import Model

/// A waiver and what became of it.
package struct WaiverRow: Sendable {
    package let id: SafeText
    package let state: WaiverResult.State
    package let reason: SafeText
    package let justification: SafeText
    /// Who bears the risk, who accepted it, and where that was decided.
    package let people: SafeText
    /// First and last day.
    package let period: SafeText
    /// The last day.
    package let expires: SafeText
    package let rules: SafeText
    /// The subjects it is about, by number.
    package let subjects: [Int]
    package let source: SafeText

    init(_ waiver: WaiverResult, numbers: SubjectNumbers) {
        id = .cleaning(waiver.id, limit: 120)
        state = waiver.state
        reason = .cleaning(waiver.reason, limit: 600)
        justification = .cleaning(waiver.justification, limit: 1000)
        people =
            "borne by \(.cleaning(waiver.owner, limit: 120)), accepted by \(.cleaning(waiver.approver, limit: 120)), \(.cleaning(waiver.ticket, limit: 200))"
        expires = .cleaning(waiver.expires.day)
        period = "\(.cleaning(waiver.created.day)) to \(expires)"
        let names = Set(waiver.subjects.map(\.rule)).sorted()
        rules = .joined(names.map { .cleaning($0, limit: 120) }, by: ", ")
        subjects = Set(waiver.subjects.compactMap { numbers[$0.id] }).sorted()
        source = .cleaning(waiver.source, limit: 200)
    }
}

/// An attestation and whether it counts.
package struct AttestationRow: Sendable {
    package let control: SafeText
    package let state: AttestationResult.State
    package let statement: SafeText
    package let attestedBy: SafeText
    package let period: SafeText
    /// What was looked at, each with its digest.
    package let evidence: SafeText
    package let source: SafeText

    init(_ attestation: AttestationResult) {
        control = .cleaning(attestation.control, limit: 60)
        state = attestation.state
        statement = .cleaning(attestation.statement, limit: 1000)
        attestedBy = .cleaning(attestation.attestedBy, limit: 120)
        period = "\(.cleaning(attestation.created.day)) to \(.cleaning(attestation.validUntil.day))"
        evidence = .joined(
            attestation.evidence.map { document in
                "\(.cleaning(document.name, limit: 200)) (\(.cleaning(document.digest.text)))"
            }, by: ", ")
        source = .cleaning(attestation.source, limit: 200)
    }
}

/// What the policy changes of those that it extends.
package struct TailoringRow: Sendable {
    package let subject: SafeText
    package let change: SafeText
    package let reason: SafeText
    package let source: SafeText

    init(_ tailoring: Tailoring) {
        subject = .cleaning(tailoring.subject, limit: 120)
        change = .cleaning(tailoring.change, limit: 200)
        reason = .cleaning(tailoring.reason, limit: 600)
        source = .cleaning(tailoring.source, limit: 200)
    }
}
