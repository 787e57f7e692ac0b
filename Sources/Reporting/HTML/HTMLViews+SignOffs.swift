internal import Model

extension HTMLViews {
    /// What people accepted, what they attest, and what the policy changes of those it extends.
    var signOffs: TemplateView {
        view([
            "noWaivers": report.waivers.isEmpty,
            "waivers": report.waivers.map(waiver),
            "isLighter": report.verdict.status != report.verdict.withoutWaivers,
            "withoutWaivers": status(report.verdict.withoutWaivers),
            "hasAttestations": !report.attestations.isEmpty,
            "attestations": report.attestations.map(attestation),
            "hasTailoring": !report.tailoring.isEmpty,
            "tailoring": report.tailoring.map(tailoring),
        ])
    }

    private func waiver(_ waiver: WaiverRow) -> TemplateView {
        view([
            "id": waiver.id, "state": .word(waiver.state) as SafeText, "reason": waiver.reason,
            "justification": waiver.justification, "people": waiver.people, "period": waiver.period,
            "rules": waiver.rules, "subjects": references(waiver.subjects, limit: 24),
            "source": waiver.source,
        ])
    }

    private func attestation(_ attestation: AttestationRow) -> TemplateView {
        view([
            "control": attestation.control, "state": .word(attestation.state) as SafeText,
            "statement": attestation.statement, "attestedBy": attestation.attestedBy,
            "period": attestation.period, "evidence": attestation.evidence, "source": attestation.source,
        ])
    }

    private func tailoring(_ tailoring: TailoringRow) -> TemplateView {
        view([
            "subject": tailoring.subject, "change": tailoring.change, "reason": tailoring.reason,
            "source": tailoring.source,
        ])
    }
}
