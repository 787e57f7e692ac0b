import Model
import YAMLDocuments

/// The findings and items of a case: where they are, how they got there, and whatever else a matcher can ask of them.
enum CaseFactsForm {
    /// A finding or an item, and the id that the case gives it.
    struct Draft<Fact> {
        var fact: Fact
        let id: String?
        /// The other images of the run that hold the same secret, by name.
        var sharedWith: [String] = []
    }

    static let finding: ValueForm<Draft<Finding>> = mapping(
        "a finding", "something that a detector reports",
        id, required("kind", Values.choice(FindingKind.self), "what it is"),
        optional("rule", Values.text, "the detector's rule"),
        optional("severity", Values.choice(Severity.self), "the detector's; high where left out"),
        optional("confidence", Values.choice(Confidence.self), "how sure it is; high where left out"),
        optional("fingerprint", Values.text(.fingerprint), "of the secret; none where left out"),
        optional("sharedWith", Values.set(of: Values.text), "other images of the run that hold the same"),
        optional("rated", Values.flag, "whether another tool that reports it said how severe it is"),
        optional("verified", Values.flag, "whether another tool tried the credential, and it works"),
        optional("suppressed", Values.flag, "whether another tool was told not to report it"),
        title, detector, path, within, config, layer, persistence, origin, createdBy,
        also: attributes(of: .finding).map(\.shape)
    ) {
        _, _, id, kind, rule, severity, confidence, fingerprint, sharedWith, rated, verified, suppressed,
        title, detector, path, within, config, layer,
        persistence, origin, createdBy in
        let location = location(path, within, config, layer)
        let finding = Finding(
            id: "", detector: detector ?? "secrets", rule: rule ?? "case.rule", kind: kind,
            title: title ?? kind.rawValue, severity: severity ?? .high, confidence: confidence ?? .high,
            location: location, createdBy: createdBy,
            persistence: persistence ?? (location.layer == nil ? .metadata : .present),
            origin: origin ?? .context, fingerprint: fingerprint.map(bytes).map(Fingerprint.init))
        var draft = Draft(fact: finding, id: id, sharedWith: sharedWith ?? [])
        if rated != nil || verified != nil || suppressed != nil {
            draft.fact.witnesses = [
                Witness(
                    detector: "scanner", rule: "rule", kind: kind,
                    severity: rated ?? true ? severity ?? .high : nil, verified: verified,
                    suppressed: suppressed == true ? "ignored" : nil)
            ]
        }
        return draft
    }
    .then { draft, node, reading in
        checkPlace(node, &reading)
        var draft = draft
        draft.fact.attributes = values(of: .finding, in: node, &reading)
        return draft
    }

    static let item: ValueForm<Draft<InventoryItem>> = mapping(
        "an item", "an identity, or something that grants trust or privilege",
        id, required("type", Values.choice(InventoryType.self), "what it is"),
        title, detector, path, within, config, layer, persistence, origin, createdBy,
        also: attributes(of: .inventory).map(\.shape)
    ) { _, _, id, type, title, detector, path, within, config, layer, persistence, origin, createdBy in
        let location = location(path, within, config, layer)
        let item = InventoryItem(
            id: "", detector: detector ?? "inventory", type: type, title: title ?? type.rawValue,
            location: location, createdBy: createdBy,
            persistence: persistence ?? (location.layer == nil ? .metadata : .present),
            origin: origin ?? .context)
        return Draft(fact: item, id: id)
    }
    .then { draft, node, reading in
        checkPlace(node, &reading)
        var draft = draft
        draft.fact.attributes = values(of: .inventory, in: node, &reading)
        return draft
    }

    private static let id = optional("id", Values.text(.findingID), "what waivers call it")
    private static let title = optional("title", Values.text, "what it is called")
    private static let detector = optional("detector", Values.text, "the detector's id")
    private static let path = optional("path", Values.text, "the file it is in, from /")
    private static let within = optional(
        "within", Values.list(of: Values.text), "what was opened in the file")
    private static let config = optional(
        "config", Values.text, "the metadata field it is in, instead of a file")
    private static let layer = optional("layer", Values.integer(in: 0...63), "0 where left out")
    private static let persistence = optional(
        "persistence", Values.choice(Persistence.self), "where it stands in the final image")
    private static let origin = optional("origin", Values.choice(Origin.self), "how it got there")
    private static let createdBy = optional("createdBy", Values.text, "the instruction that wrote it")

    /// Fields that have keys of their own.
    private static let placing: Set<String> = [
        "kind", "type", "rule", "severity", "confidence", "title", "detector", "path", "within", "config",
        "layer", "persistence", "origin", "createdBy", "sharedImages", "sharedEnvironments", "rated",
        "verified",
        "suppressed",
    ]

    /// The other fields that `subject` can have.
    private static func attributes(of subject: FactSubject) -> [Key<AttributeValue?>] {
        FactField.all.filter { $0.subjects.contains(subject) && !placing.contains($0.name) }.map { field in
            optional(field.name, value(of: field), field.summary)
        }
    }

    private static func value(of field: FactField) -> ValueForm<AttributeValue> {
        switch field.type {
        case .number: Values.integer(in: 0...Int.max).then { number, _, _ in .number(number) }
        case .flag: Values.flag.then { flag, _, _ in .flag(flag) }
        case .instant: Values.date.then { date, _, _ in .instant(date) }
        case .text, .severity, .confidence:
            (field.values.isEmpty ? Values.text : Values.choice(among: field.values)).then { text, _, _ in
                .text(text)
            }
        }
    }

    private static func values(
        of subject: FactSubject, in node: YAMLNode, _ reading: inout Reading
    ) -> [String: AttributeValue] {
        attributes(of: subject).reduce(into: [:]) { values, key in
            values[key.name] = key.read(node, &reading) ?? nil
        }
    }

    private static func location(
        _ path: String?, _ within: [String]?, _ config: String?, _ layer: Int?
    ) -> Location {
        guard let path else { return Location(config: config ?? "", within: within ?? []) }
        return Location(
            layer: CaseEvidence.reference(layer ?? 0), path: EntryPath(path), within: within ?? [])
    }

    /// Reports what is nowhere, or in two places at once.
    private static func checkPlace(_ node: YAMLNode, _ reading: inout Reading) {
        switch (node["path"], node["config"]) {
        case (nil, nil):
            reading.report(.missingKey, at: node.mark, "it is nowhere: it needs \"path\" or \"config\"")
        case (_?, let config?):
            reading.report(
                .contradiction, at: config.mark,
                "it is either in a file or in the metadata: \"path\" or \"config\"")
        default: return
        }
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
    }
}
