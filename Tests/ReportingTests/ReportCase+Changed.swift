import Model
import Reporting

extension ReportCase {
    /// The same outcome of changed evidence.
    func changed(
        image: ((inout ImageFacts) -> Void)? = nil, findings: [Finding]? = nil, gaps: [Gap]? = nil,
        receipts: ((Receipt) -> Receipt)? = nil, fingerprintKey: String? = nil,
        comparedWith: [ComparedImage]? = nil
    ) -> ReportCase {
        var facts = evidence.image
        image?(&facts)
        let changed = Evidence(
            image: facts, layers: evidence.layers, findings: findings ?? evidence.findings,
            inventory: evidence.inventory, gaps: gaps ?? evidence.gaps,
            receipts: evidence.receipts.map { receipts?($0) ?? $0 },
            fingerprintKey: fingerprintKey ?? evidence.fingerprintKey,
            comparedWith: comparedWith ?? evidence.comparedWith)
        return ReportCase(name: name, evidence: changed, assessment: assessment, policy: policy)
    }

    /// The same, judged with what people signed in documents of this digest.
    func signed(_ digest: Digest, attestations: [AttestationResult] = []) -> ReportCase {
        let judged = assessment
        let signed = Assessment(
            image: judged.image, asOf: judged.asOf, policy: judged.policy, status: judged.status,
            reason: judged.reason, statusWithoutWaivers: judged.statusWithoutWaivers, signOffs: digest,
            waivers: judged.waivers, attestations: judged.attestations + attestations, rules: judged.rules,
            controls: judged.controls)
        return ReportCase(name: name, evidence: evidence, assessment: signed, policy: policy)
    }

    /// The report in this format.
    func text(_ format: String) throws -> String {
        guard let format = ReportFormats.named(format) else {
            throw ReportError(code: .encoding, place: format, reason: "there is no such format")
        }
        return String(decoding: try format.write(report), as: UTF8.self)
    }
}

extension Receipt {
    /// The same with another outcome, and what else is given.
    func ended(
        _ outcome: Outcome, rules: Digest? = nil, provides: [EvidenceClass]? = nil,
        imported: ImportFacts? = nil
    ) -> Receipt {
        Receipt(
            detector: detector, tool: tool, version: version, rules: rules ?? self.rules, target: target,
            provides: provides ?? self.provides, layers: layers, metadata: metadata, outcome: outcome,
            imported: imported)
    }
}
