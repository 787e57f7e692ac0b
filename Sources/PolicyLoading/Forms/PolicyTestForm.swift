import Model
import YAMLDocuments

/// `kind: PolicyTest`: cases, each of evidence and what a policy must make of it.
enum PolicyTestForm {
    /// The instant at which cases are judged that name none.
    static let usualInstant = Instant(seconds: 1_795_392_000)  // 2026-11-23T00:00:00Z

    /// The policy that is tested where a document names none.
    static let usualPolicy = "baseline"

    static let form: ValueForm<[PolicyCase]> = mapping(
        "a policy test", "evidence, and what a policy must make of it",
        Envelope.apiVersion, Envelope.kind(.policyTest),
        optional(
            "policy", Values.text(.dottedName), "the id of the policy that is tested; baseline where left out"
        ),
        required("cases", Values.list(of: draft), "one for each thing that must hold")
    ) { _, reading, _, _, policy, drafts in
        drafts.map { draft in
            PolicyCase(
                name: draft.name, policy: policy ?? usualPolicy, given: draft.given,
                signOffs: draft.signOffs, asOf: draft.asOf, wants: draft.wants, file: reading.source.file,
                source: reading.place(draft.mark))
        }
    }

    /// A case before it is known which policy it is for.
    private struct Draft {
        let name: String
        let given: PolicyCase.Given
        let signOffs: SignOffs
        let asOf: Instant
        let wants: PolicyCase.Wants
        let mark: YAMLMark
    }

    private static let draft: ValueForm<Draft> = mapping(
        "a case", "evidence, and what must come out",
        required("name", Values.text, "what must hold, as a sentence"),
        optional("evidence", CaseEvidenceForm.form, "in short; an image with nothing in it where left out"),
        optional("evidenceFile", Values.text, "an evidence document instead, from this file's folder"),
        optional("asOf", Values.date, "the instant to judge at; 2026-11-23 where left out"),
        optional("waivers", Values.list(of: WaiversForm.waiver), "risks that are accepted"),
        optional(
            "attestations", Values.list(of: AttestationsForm.attestation), "what people say of controls"),
        required("wants", wants, "what must come out")
    ) { node, reading, name, evidence, file, asOf, waivers, attestations, wants in
        let asOf = asOf ?? usualInstant
        let stated = PolicyCase.Given.evidence((evidence ?? CaseEvidence()).evidence(asOf: asOf))
        return Draft(
            name: name, given: file.map(PolicyCase.Given.file) ?? stated,
            signOffs: SignOffs(digest: nil, waivers: waivers ?? [], attestations: attestations ?? []),
            asOf: asOf, wants: wants, mark: node.mark)
    }
    .then { draft, node, reading in
        guard let file = node["evidenceFile"] else { return draft }
        if node["evidence"] != nil {
            reading.report(
                .contradiction, at: file.mark, "a case has either \"evidence\" or \"evidenceFile\"")
        }
        return draft
    }

    private static let wants: ValueForm<PolicyCase.Wants> = mapping(
        "what a case wants", "what must come out; what is left out may come out as it likes",
        optional("image", Values.choice(Status.self), "the image's status"),
        optional("rules", Values.table(of: Values.choice(Status.self), by: .rule), "statuses of rules"),
        optional("otherRules", Values.choice(Status.self), "the status of every rule that is not named"),
        optional(
            "controls", Values.tableByControl(of: Values.choice(Status.self)), "statuses of controls"),
        optional(
            "violations", Values.table(of: Values.integer(in: 0...1_000_000), by: .rule),
            "how many things break a rule"),
        optional(
            "severities", Values.table(of: Values.choice(Severity.self), by: .rule), "severities of rules"),
        optional("breaks", controlsByRule, "all controls that a rule breaks here, by rule"),
        optional("hints", controlsByRule, "all controls that a rule gives a hint against here, by rule"),
        optional(
            "waivers", Values.table(of: Values.choice(WaiverResult.State.self), by: .waiver),
            "what becomes of waivers")
    ) { _, _, image, rules, otherRules, controls, violations, severities, breaks, hints, waivers in
        PolicyCase.Wants(
            image: image, rules: rules ?? [:], otherRules: otherRules, controls: controls ?? [:],
            violations: violations ?? [:], severities: severities ?? [:], breaks: breaks ?? [:],
            hints: hints ?? [:], waivers: waivers ?? [:])
    }
    .then { wants, node, reading in
        if case .mapping(let pairs) = node.content, pairs.isEmpty {
            reading.report(.tooFew, at: node.mark, "a case that wants nothing proves nothing")
        }
        return wants
    }

    private static let controlsByRule = Values.table(
        of: Values.set(of: Values.control, atLeast: 0).then { controls, _, _ in Set(controls) }, by: .rule)
}
