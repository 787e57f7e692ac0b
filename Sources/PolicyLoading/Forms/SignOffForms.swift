import Model
import YAMLDocuments

/// `kind: Waivers`: accepted risks.
enum WaiversForm {
    static let form: ValueForm<[Waiver]> = mapping(
        "a waivers document", "risks that somebody accepted, each for something and for a time",
        Envelope.apiVersion, Envelope.kind(.waivers),
        required("waivers", Values.list(of: waiver), "one for each accepted risk")
    ) { _, _, _, _, waivers in waivers }

    static let waiver: ValueForm<Waiver> = mapping(
        "a waiver", "an accepted risk: who, why, until when, exactly for what",
        required("id", Values.name(of: .waiver, .dottedName), "what reports call it"),
        optional("finding", Values.text(.findingID), "the id of the finding or item it is about"),
        optional("fingerprint", Values.text(.fingerprint), "the secret it is about, wherever that stands"),
        optional("rule", Values.reference(to: .rule, .dottedName), "the rule whose breach it accepts"),
        optional("images", SignOffValues.images, "the images it is about; any where left out"),
        required("justification", Values.text, "why the risk can be borne"),
        required("owner", Values.text, "who bears it"),
        required("approver", Values.text, "who accepted it: somebody else"),
        required("ticket", Values.text, "where it was decided"),
        required("created", SignOffValues.day, "its first day, in UTC"),
        required("expires", SignOffValues.day, "its last day, in UTC")
    ) {
        node, reading, id, finding, fingerprint, rule, images, justification, owner, approver, ticket,
        created, expires in
        Waiver(
            id: id,
            target: Waiver.Target(
                finding: finding, fingerprint: fingerprint, rule: rule, images: images ?? []),
            justification: justification, owner: owner, approver: approver, ticket: ticket,
            validity: Validity(created: created, lastDay: expires), source: reading.place(node.mark))
    }
    .checking { node, reading in
        if ["finding", "fingerprint", "rule"].allSatisfy({ node[$0] == nil }) {
            reading.report(
                .missingKey, at: node.mark,
                "a waiver must say what it is about: a finding, a fingerprint or a rule")
        }
        let owner = (try? node["owner"]?.string()) ?? ""
        if let approver = node["approver"], let name = try? approver.string(), !name.isEmpty,
            SignOffValues.isSamePerson(owner, name)
        {
            reading.report(
                .contradiction, at: approver.mark,
                "nobody accepts their own risk: \(DisplayText.quoted(owner)) is the owner as well")
        }
        SignOffValues.checkDays(until: "expires", in: node, &reading)
    }
}

/// `kind: Attestations`: what people say of controls that no image can show.
enum AttestationsForm {
    static let form: ValueForm<[ControlAttestation]> = mapping(
        "an attestations document", "what people say of controls that are left to a person",
        Envelope.apiVersion, Envelope.kind(.attestations),
        required("attestations", Values.list(of: attestation), "one for each control")
    ) { _, _, _, _, attestations in attestations }

    static let attestation: ValueForm<ControlAttestation> = mapping(
        "an attestation", "a person's word that a control is met: who, when, on what evidence, until when",
        required("control", Values.control, "its id or an alias"),
        optional("images", SignOffValues.images, "the images it is about; any where left out"),
        required("statement", Values.text, "what is attested"),
        required("attestedBy", Values.text, "who attests it"),
        required("evidence", Values.list(of: document), "what the person looked at"),
        required("created", SignOffValues.day, "its first day, in UTC"),
        required("validUntil", SignOffValues.day, "its last day, in UTC")
    ) { node, reading, control, images, statement, attestedBy, evidence, created, validUntil in
        ControlAttestation(
            framework: control.framework, control: control.control, images: images ?? [],
            statement: statement, attestedBy: attestedBy, evidence: evidence,
            validity: Validity(created: created, lastDay: validUntil), source: reading.place(node.mark))
    }
    .checking { node, reading in SignOffValues.checkDays(until: "validUntil", in: node, &reading) }

    private static let document: ValueForm<ControlAttestation.Document> = mapping(
        "a document", "a file that somebody looked at",
        required("name", Values.text, "what it is called, or where it is kept"),
        required("sha256", digest, "the digest of its content")
    ) { _, _, name, digest in ControlAttestation.Document(name: name, digest: digest) }

    private static let digest = Values.text(.fingerprint).then { text, _, _ in Digest("sha256:" + text) }
}

/// What waivers and attestations are made of alike.
enum SignOffValues {
    /// Names or digests of images.
    static let images = Values.set(of: Values.glob)

    /// A day, `2026-11-23`: with or without quotes it can be nothing else.
    static let day = ValueForm<Instant>(shape: .text(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")) {
        node, reading in
        let day = day(node)
        if day == nil { reading.reportValue(.malformed, at: node.mark, "must be a day such as 2026-11-23") }
        return day
    }

    private static func day(_ node: YAMLNode) -> Instant? {
        guard case .scalar(let text, _) = node.content, text.utf8.count == 10 else { return nil }
        return Instant(text)
    }

    /// Whether both are one name but for case, blanks and signs: `Jane Doe`, `jane.doe`.
    static func isSamePerson(_ left: String, _ right: String) -> Bool {
        letters(left) == letters(right)
    }

    private static func letters(_ name: String) -> String {
        let letters = name.lowercased().filter { $0.isLetter || $0.isNumber }
        return letters.isEmpty ? name : letters
    }

    /// Reports a last day that comes before the first.
    static func checkDays(until key: String, in node: YAMLNode, _ reading: inout Reading) {
        guard let last = node[key], let end = day(last), let first = node["created"].flatMap(day), end < first
        else { return }
        reading.report(
            .contradiction, at: last.mark, "\"\(key)\" is \(end.day), before the first day, \(first.day)")
    }
}
