import Model
import YAMLDocuments

/// The evidence of a case, in short.
enum CaseEvidenceForm {
    static let form: ValueForm<CaseEvidence> = mapping(
        "a case's evidence", "what the image has; all else is complete and unremarkable",
        optional("name", Values.text, "the image's reference; case where left out"),
        optional("platform", Values.text, "linux/amd64 where left out"),
        optional("created", created, "when the image was made, or none; 10 days before where left out"),
        optional("layers", Values.integer(in: 0...64), "how many layers; 2 where left out"),
        optional(
            "receipts", Values.choice(CaseEvidence.Receipts.self),
            "complete, none, or partial: the last layer was not seen"),
        optional("findings", Values.list(of: CaseFactsForm.finding), "what detectors report"),
        optional("inventory", Values.list(of: CaseFactsForm.item), "what the image has of identities"),
        optional("gaps", Values.list(of: gap), "what could not be read"),
        optional("registry", Values.text, "the registry it was read from; none where left out"),
        optional("labels", Values.list(of: label), "the labels of the image; none where left out"),
        optional("environment", Values.text, "the environment that the image is for; none where left out"),
        optional(
            "based", Values.flag, "whether it is known which layers are its base's; true where left out"),
        optional("baseline", Values.flag, "whether there is earlier evidence; false where left out"),
        optional("others", Values.list(of: other), "the other images of the run"),
        optional(
            "comparison", Values.choice(among: ["complete", "none"]),
            "whether a receipt says they were compared"),
        optional(
            "reports", Values.set(of: Values.choice(EvidenceClass.self)), "what another tool's results are on"
        ),
        optional("reportsEnd", Values.flag, "whether these are whole; true where left out"),
        optional("components", Values.integer(in: 0...1_000_000), "how many components they list"),
        optional("signatures", Values.integer(in: 0...1_000_000), "how many signatures they verified")
    ) {
        _, _, name, platform, created, layers, receipts, findings, inventory, gaps, registry,
        labels, environment, based, baseline, others,
        comparison, reports, reportsEnd, components, signatures in
        var evidence = CaseEvidence()
        evidence.name = name ?? evidence.name
        evidence.platform = platform ?? evidence.platform
        evidence.created = created ?? nil
        evidence.isUndated = created == .some(nil)
        evidence.layers = layers ?? evidence.layers
        evidence.receipts = receipts ?? evidence.receipts
        evidence.registry = registry ?? ""
        evidence.labels = Dictionary(labels ?? [], uniquingKeysWith: { _, last in last })
        evidence.environment = environment
        evidence.isBased = based ?? true
        evidence.hasBaseline = baseline ?? false
        evidence.others = (others ?? []).enumerated().map {
            CaseEvidence.other($1.name, environment: $1.environment, at: $0)
        }
        evidence.isCompared = comparison != "none"
        evidence.reports = reports ?? []
        evidence.reportsEnd = reportsEnd ?? true
        evidence.components = components
        evidence.signatures = signatures
        evidence.findings = numbered(shared(findings ?? [], in: evidence), from: 0x8000) { $0.id = $1 }
        evidence.inventory = numbered(inventory ?? [], from: 0x9000) { $0.id = $1 }
        evidence.gaps = gaps ?? []
        return evidence
    }
    .then { evidence, node, reading in
        checkSharing(node, evidence, &reading)
        for list in ["findings", "inventory", "gaps"] {
            guard case .sequence(let entries)? = node[list]?.content else { continue }
            for entry in entries {
                guard let layer = entry["layer"], let index = try? layer.integer(), index >= evidence.layers
                else { continue }
                reading.report(
                    .contradiction, at: layer.mark,
                    "the case has \(evidence.layers) layers, of which the first is 0: there is no layer \(index)"
                )
            }
        }
        return evidence
    }

    /// A date, or nil for `none`.
    private static let created = ValueForm<Instant?>(shape: .text(pattern: nil)) { node, reading in
        if case .scalar("none", _) = node.content { return .some(nil) }
        return Values.date.read(node, &reading).map(Optional.some)
    }

    private static let gap: ValueForm<Gap> = mapping(
        "a gap", "something that could not be read",
        optional("layer", Values.integer(in: 0...63), "the layer it is in; none where left out"),
        optional("path", Values.text, "the file; the whole layer where left out"),
        required("reason", Values.choice(GapReason.self), "why")
    ) { _, _, layer, path, reason in
        Gap(layer: layer, path: path.map { EntryPath($0) }, reason: reason, detail: "as the case has it")
    }

    private static let label: ValueForm<(String, String)> = mapping(
        "a label", "of the image's configuration", required("name", Values.text, "team"),
        required("value", Values.text, "payments")
    ) { _, _, name, value in (name, value) }

    private static let other: ValueForm<(name: String, environment: String?)> = mapping(
        "another image", "an image of the same run",
        required("name", Values.text, "its reference"),
        optional("environment", Values.text, "the environment that it is for; none where left out")
    ) { _, _, name, environment in (name: name, environment: environment) }

    /// The findings with the other images that hold the same secret.
    private static func shared(
        _ drafts: [CaseFactsForm.Draft<Finding>], in evidence: CaseEvidence
    ) -> [CaseFactsForm.Draft<Finding>] {
        drafts.map { draft in
            var draft = draft
            let sharing = evidence.others.filter { draft.sharedWith.contains($0.name) }
            draft.fact.sharedWith = sharing.isEmpty ? nil : sharing
            guard let own = evidence.environment else { return draft }
            let environments = Set(sharing.compactMap(\.environment)).subtracting([own])
            if !environments.isEmpty || sharing.allSatisfy({ $0.environment != nil }) {
                draft.fact.attributes["sharedEnvironments"] = .number(environments.count)
            }
            return draft
        }
    }

    /// Reports findings that images share which the case does not have.
    private static func checkSharing(
        _ node: YAMLNode, _ evidence: CaseEvidence, _ reading: inout Reading
    ) {
        guard case .sequence(let findings)? = node["findings"]?.content else { return }
        let known = evidence.others.map(\.name)
        for finding in findings {
            guard case .sequence(let names)? = finding["sharedWith"]?.content else { continue }
            for name in names {
                guard let text = try? name.string(), !known.contains(text) else { continue }
                reading.report(
                    .unknownReference, at: name.mark,
                    "the case has no other image \(DisplayText.quoted(text))",
                    suggestion: Suggestion.nearest(to: text, among: known))
            }
        }
    }

    /// The facts, each with an id; those that have one keep it.
    private static func numbered<Fact>(
        _ facts: [CaseFactsForm.Draft<Fact>], from first: Int, _ name: (inout Fact, String) -> Void
    ) -> [Fact] {
        facts.enumerated().map { position, draft in
            var fact = draft.fact
            let hex = String(position, radix: 16)
            let tail = String(repeating: "0", count: 12 - hex.utf8.count) + hex
            name(&fact, draft.id ?? "00000000-0000-5000-\(String(first, radix: 16))-\(tail)")
            return fact
        }
    }
}
