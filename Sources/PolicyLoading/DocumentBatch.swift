import Model
import YAMLDocuments

/// Documents that are loaded together, and what became of each.
struct DocumentBatch {
    private var readings: [Reading] = []
    private var frameworks: [Framework] = []
    /// With the document each is from.
    private var parts: [(document: Int, part: PolicyForm.Part)] = []
    /// Made of the parts once all are read.
    private var policies: [LoadedDocuments.PolicyRules] = []
    /// Whether one of them extends a policy that is not there.
    private var isPartial = false
    private var unread = UnreadPolicies()
    private var detectors: [DetectorsForm.ListedRule]
    /// The patterns of each allow list.
    private var allowLists: [String: [String]] = [:]
    private var tunings: [DetectorTuning] = []
    private var waivers: [Waiver] = []
    private var attestations: [ControlAttestation] = []
    private var anchors: [TrustAnchor] = []
    /// In the order of their documents.
    private var importers: [ImporterRules] = []
    private var cases: [PolicyCase] = []
    /// The policies that tests name, and where.
    private var tested: [(document: Int, mark: YAMLMark, id: String)] = []

    /// Reads `sources`, of which only documents of these kinds are wanted, and what people `signed`, in the order of their
    /// paths.
    ///
    /// `others` are rules from elsewhere, whose ids these documents may not give again and may refer to; `available` are
    /// policies that are not among the documents and could be.
    init(
        _ sources: [PolicySource], accepting kinds: [DocumentKind], signed: [PolicySource] = [],
        beside others: [DetectorRule] = [], available: [String] = []
    ) {
        detectors = others.map { DetectorsForm.ListedRule(rule: $0, allowLists: []) }
        var roots: [(kind: DocumentKind, root: YAMLNode)?] = []
        let signable: [DocumentKind] = [.waivers, .attestations]
        let wanted = sources.map { ($0, kinds) } + signed.map { ($0, signable) }
        for (source, kinds) in wanted.sorted(by: { $0.0.path < $1.0.path }) {
            var reading = Reading(YAMLSource(file: source.path, bytes: source.bytes))
            let root = Self.root(of: source, accepting: kinds, &reading)
            if root == nil, kinds != signable { unread.addDocument() }
            roots.append(root)
            readings.append(reading)
        }
        var controls = ControlIndex()
        for (document, entry) in roots.enumerated() {
            guard let entry else {
                controls.isPartial = true
                continue
            }
            if entry.kind == .framework { readFramework(entry.root, document, &controls) }
        }
        let parameters = Parameter.values(in: roots.compactMap { $0?.root })
        for (document, entry) in roots.enumerated() {
            readings[document].controls = controls
            readings[document].parameters = parameters
            guard let entry else { continue }
            switch entry.kind {
            case .policy: readPolicy(entry.root, document)
            case .detectors: readDetectors(entry.root, document)
            case .waivers: waivers += read(WaiversForm.form, entry.root, document)
            case .attestations: attestations += read(AttestationsForm.form, entry.root, document)
            case .trustAnchors: anchors += read(TrustAnchorsForm.form, entry.root, document)
            case .policyTest:
                cases += read(PolicyTestForm.form, entry.root, document)
                if let node = entry.root["policy"], let id = try? node.string() {
                    tested.append((document, node.mark, id))
                }
            case .importer:
                importers += ImporterForm.form.read(entry.root, &readings[document]).map { [$0] } ?? []
            case .framework: continue
            }
        }
        NameCheck.run(over: &readings, known: others, undecidable: undecidable)
        policies = assembled(available)
    }

    /// The sorts of names of which not all are known.
    private var undecidable: Set<NameSpace> {
        if unread.isAny { return Set(NameSpace.allCases.filter { !$0.isLocal }) }
        return PolicyAssembly.isWhole(parts) && !unread.lacksNames ? [] : [.rule, .parameter]
    }

    /// The policies that no other extends, made whole.
    private mutating func assembled(_ available: [String]) -> [LoadedDocuments.PolicyRules] {
        var assembly = PolicyAssembly(parts, without: unread, available: available)
        let policies = assembly.targets.map { id in
            let title = parts.first { $0.part.id.value == id }?.part.title.value ?? id
            return LoadedDocuments.PolicyRules(
                id: id, title: title, rules: assembly.rules(of: id, &readings),
                waiverLimits: assembly.waiverLimits(of: id, &readings), tailoring: assembly.tailoring)
        }
        assembly.reportUnreached(&readings)
        isPartial = assembly.isPartial
        return policies
    }

    /// Everything that was read; throws everything that is wrong.
    func documents() throws(PolicyDiagnostics) -> LoadedDocuments {
        if let diagnostics = PolicyDiagnostics(readings.flatMap(\.diagnostics)) { throw diagnostics }
        let tuned = Self.tuned(detectors.map { $0.complete(with: allowLists) }, by: tunings)
        return LoadedDocuments(
            frameworks: frameworks.sorted { $0.id < $1.id }, policies: policies, detectors: tuned.rules,
            detectorNotes: tuned.notes, waivers: waivers, attestations: attestations,
            anchors: anchors.sorted { ($0.name, $0.source) < ($1.name, $1.source) }, importers: importers,
            cases: cases)
    }

    private static func tuned(_ rules: [DetectorRule], by tunings: [DetectorTuning]) -> DetectorSelection {
        let changes = Dictionary(tunings.map { ($0.id, $0) }) { first, _ in first }
        let ordered = rules.sorted { $0.id < $1.id }
        return DetectorSelection(
            rules: ordered.compactMap { rule in
                changes[rule.id].map { $0.applied(to: rule) } ?? rule
            },
            notes: ordered.compactMap { rule in changes[rule.id]?.note(on: rule) })
    }

    /// Reports every policy but the first, and those that it extends.
    mutating func requireOnePolicy() {
        let targets = policies.map(\.id)
        guard !isPartial, let first = parts.first(where: { targets.contains($0.part.id.value) }) else {
            return
        }
        for (document, part) in parts
        where targets.contains(part.id.value) && part.id.value != first.part.id.value {
            readings[document].report(
                .duplicate, at: part.id.mark,
                "a second policy, \(DisplayText.quoted(part.id.value)), beside "
                    + "\(DisplayText.quoted(first.part.id.value)) at \(readings[first.document].place(first.part.id.mark))"
            )
        }
    }

    /// Reports tests of policies that are not among the documents.
    mutating func requireTestedPolicies() {
        let ids = Set(parts.map(\.part.id.value)).sorted()
        for (document, mark, id) in tested where !isPartial && !ids.contains(id) {
            readings[document].report(
                .unknownReference, at: mark,
                "there is no policy \(DisplayText.quoted(id)) among those given and built in",
                suggestion: Suggestion.nearest(to: id, among: ids))
        }
    }

    private mutating func readFramework(
        _ root: YAMLNode, _ document: Int, _ controls: inout ControlIndex
    ) {
        let framework = FrameworkForm.form.read(root, &readings[document])
        if let framework { frameworks.append(framework) }
        let names = readings[document].declarations.filter { $0.space == .control }.map(\.name)
        controls.add(framework, declaring: Set(names))
    }

    private mutating func readPolicy(_ root: YAMLNode, _ document: Int) {
        let part = PolicyForm.form.read(root, &readings[document])
        unread.addPolicy(root, isRead: part != nil)
        guard let part else { return }
        let first = parts.first { $0.part.id.value == part.id.value }
        if let first, first.part.title.value != part.title.value {
            let place = readings[first.document].place(first.part.title.mark)
            readings[document].report(
                .contradiction, at: part.title.mark, "the policy has another title at \(place)")
        }
        parts.append((document, part))
    }

    private mutating func read<Element>(
        _ form: ValueForm<[Element]>, _ root: YAMLNode, _ document: Int
    ) -> [Element] {
        form.read(root, &readings[document]) ?? []
    }

    private mutating func readDetectors(_ root: YAMLNode, _ document: Int) {
        guard let part = DetectorsForm.form.read(root, &readings[document]) else { return }
        detectors += part.rules
        for list in part.allowLists { allowLists[list.id] = list.patterns }
        for tuning in part.tunings {
            if let other = tunings.first(where: { $0.id == tuning.value.id }) {
                readings[document].report(
                    .duplicate, at: tuning.mark,
                    "the rule \(DisplayText.quoted(other.id)) is overridden a second time, first at \(other.source)"
                )
            }
            tunings.append(tuning.value)
        }
    }

    /// The document's kind and its node; nil, and a diagnostic, where it cannot be read or is not wanted.
    private static func root(
        of source: PolicySource, accepting kinds: [DocumentKind], _ reading: inout Reading
    ) -> (kind: DocumentKind, root: YAMLNode)? {
        let root: YAMLNode
        do throws(YAMLError) {
            var repeats: [YAMLError] = []
            root = try source.root(noting: &repeats)
            for repeated in repeats { reading.report(.yaml, at: repeated.place.mark, repeated.reason) }
        } catch {
            reading.report(.yaml, at: error.place.mark, error.reason)
            return nil
        }
        guard case .mapping = root.content else {
            let list = DisplayText.list(kinds.map(\.rawValue))
            reading.report(
                .notMapping, at: root.mark,
                "a document must be a mapping with \"apiVersion\" and \"kind\": \(list), and is \(root.summary)"
            )
            return nil
        }
        guard let node = root["kind"] else {
            let list = DisplayText.list(kinds.map(\.rawValue))
            reading.report(.missingKey, at: root.mark, "a document needs the key \"kind\": \(list)")
            return nil
        }
        let form = Values.word { DocumentKind(rawValue: $0) != nil }
        guard let name = reading.reading("\"kind\"", { form.read(node, &$0) }) else { return nil }
        guard let kind = DocumentKind(rawValue: name) else {
            let names = DocumentKind.allCases.map(\.rawValue)
            reading.report(
                .unknownKind, at: node.mark,
                "there is no kind \(DisplayText.quoted(name)): it must be \(DisplayText.list(names))",
                suggestion: Suggestion.nearest(to: name, among: names))
            return nil
        }
        guard kinds.contains(kind) else {
            reading.report(
                .unsuitableKind, at: node.mark,
                "\(kind.withArticle) document, where only \(DisplayText.list(kinds.map(\.rawValue))) is wanted"
            )
            return nil
        }
        return (kind, root)
    }
}
