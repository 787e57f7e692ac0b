import Model
import YAMLDocuments

/// Documents that are loaded together, and what became of each.
struct DocumentBatch {
    private var readings: [Reading] = []
    private var frameworks: [Framework] = []
    /// With the document each is from.
    private var parts: [(document: Int, part: PolicyForm.Part)] = []
    private var detectors: [DetectorRule] = []
    /// In the order of their documents.
    private var importers: [ImporterRules] = []

    /// Reads `sources`, in the order of their paths, of which only documents of these kinds are wanted.
    init(_ sources: [PolicySource], accepting kinds: [DocumentKind]) {
        var roots: [(kind: DocumentKind, root: YAMLNode)?] = []
        for source in sources.sorted(by: { $0.path < $1.path }) {
            var reading = Reading(YAMLSource(file: source.path, bytes: source.bytes))
            roots.append(Self.root(of: source, accepting: kinds, &reading))
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
        for (document, entry) in roots.enumerated() {
            readings[document].controls = controls
            guard let entry else { continue }
            switch entry.kind {
            case .policy: readPolicy(entry.root, document)
            case .detectors: readDetectors(entry.root, document)
            case .importer:
                importers += ImporterForm.form.read(entry.root, &readings[document]).map { [$0] } ?? []
            case .framework: continue
            }
        }
        NameCheck.run(over: &readings)
    }

    /// Everything that was read; throws everything that is wrong.
    func documents() throws(PolicyDiagnostics) -> LoadedDocuments {
        if let diagnostics = PolicyDiagnostics(readings.flatMap(\.diagnostics)) { throw diagnostics }
        let policies = Dictionary(grouping: parts.map(\.part), by: \.id.value)
        return LoadedDocuments(
            frameworks: frameworks.sorted { $0.id < $1.id },
            policies: policies.values.compactMap(Self.policy).sorted { $0.id < $1.id },
            detectors: detectors.sorted { $0.id < $1.id }, importers: importers)
    }

    /// Reports every policy but the first.
    mutating func requireOnePolicy() {
        guard let first = parts.first else { return }
        for (document, part) in parts where part.id.value != first.part.id.value {
            readings[document].report(
                .duplicate, at: part.id.mark,
                "a second policy, \(DisplayText.quoted(part.id.value)), beside "
                    + "\(DisplayText.quoted(first.part.id.value)) at \(readings[first.document].place(first.part.id.mark))"
            )
        }
    }

    private static func policy(_ parts: [PolicyForm.Part]) -> LoadedDocuments.PolicyRules? {
        parts.first.map { first in
            LoadedDocuments.PolicyRules(
                id: first.id.value, title: first.title.value,
                rules: parts.flatMap(\.rules).sorted { $0.id < $1.id })
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
        guard let part = PolicyForm.form.read(root, &readings[document]) else { return }
        let first = parts.first { $0.part.id.value == part.id.value }
        if let first, first.part.title.value != part.title.value {
            let place = readings[first.document].place(first.part.title.mark)
            readings[document].report(
                .contradiction, at: part.title.mark, "the policy has another title at \(place)")
        }
        parts.append((document, part))
    }

    private mutating func readDetectors(_ root: YAMLNode, _ document: Int) {
        detectors += DetectorsForm.form.read(root, &readings[document]) ?? []
    }

    /// The document's kind and its node; nil, and a diagnostic, where it cannot be read or is not wanted.
    private static func root(
        of source: PolicySource, accepting kinds: [DocumentKind], _ reading: inout Reading
    ) -> (kind: DocumentKind, root: YAMLNode)? {
        let root: YAMLNode
        do throws(YAMLError) {
            root = try YAMLDocument.parse(source.bytes, file: source.path).root
        } catch {
            reading.report(.yaml, at: error.place.mark, error.reason)
            return nil
        }
        guard case .mapping = root.content else {
            reading.report(.notMapping, at: root.mark, "a document must be a mapping, and is \(root.summary)")
            return nil
        }
        guard let node = root["kind"] else {
            let list = DisplayText.list(kinds.map(\.rawValue))
            reading.report(.missingKey, at: root.mark, "a document needs the key \"kind\": \(list)")
            return nil
        }
        guard let name = reading.reading("\"kind\"", { Values.text.read(node, &$0) }) else { return nil }
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
                "a \(kind.rawValue) document, where only \(DisplayText.list(kinds.map(\.rawValue))) is wanted"
            )
            return nil
        }
        return (kind, root)
    }
}
