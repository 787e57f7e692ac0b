import Cryptography
import Detection
import ImageReading
import Model

/// Puts what was seen layer by layer together into the evidence of one image.
///
/// Here a sighting becomes a finding: it gets its place among the layers, what became of it above, how it got there, and
/// its id. Text that the image supplies is masked first, so that a secret in a file name or a history line stays out.
struct EvidenceAssembly {
    /// No honest configuration holds more findings than this.
    private static let metadataLimit = 10_000

    private let image: Image
    private let facts: ImageFacts
    private let steps: [LayerFacts]
    /// What made each layer, by its index.
    private let instructions: [Int: String]
    private let stack: LayerStack
    /// The layers below one of which not everything was read and proven.
    private let belowUnread: Set<Int>
    private let provenance: Provenance
    private let scanner: ImageScanner
    /// Metadata fields by name, secrets masked.
    private let fields: [String: String]
    /// Paths and the like that repeat a secret found elsewhere, with what is shown instead.
    private let names: [String: String]

    /// The evidence of `image`, given what each of its layers held, in order.
    static func evidence(
        of image: Image, _ layers: [InspectedLayer], base: ImageFacts.Base?, detectors: DetectorSet
    ) throws(DetectionError) -> Evidence {
        let scanner = try detectors.makeScanner()
        let metadata = scanner.inspect(image.configuration, limit: Self.metadataLimit)
        let shortfall = scanner.shortfall
        let assembly = EvidenceAssembly(image: image, layers, metadata, base: base, scanner)
        var gaps = (image.gaps + layers.flatMap(\.gaps)).map(assembly.masked)
        if let shortfall {
            gaps.append(Gap(layer: nil, reason: .detectorLimit, detail: shortfall))
        }
        if let mismatch = image.historyMismatch {
            gaps.append(Gap(layer: nil, reason: .historyMismatch, detail: mismatch))
        }
        let placed = assembly.placed(layers) + assembly.placed(metadata)
        return Evidence(
            image: assembly.facts, layers: assembly.layers(layers), findings: placed.compactMap(\.finding),
            inventory: placed.compactMap(\.item), gaps: gaps,
            receipts: detectors.descriptions.compactMap { detector in
                assembly.receipt(detector, among: detectors.descriptions, layers, gaps)
            },
            fingerprintKey: detectors.keyID)
    }

    private init(
        image: Image, _ layers: [InspectedLayer], _ metadata: [Sighting], base: ImageFacts.Base?,
        _ scanner: ImageScanner
    ) {
        self.image = image
        self.scanner = scanner
        stack = LayerStack(image.tree, layers.map(\.report.changes))
        belowUnread = Self.layers(
            below: layers.indices.filter { !layers[$0].report.isProven }, in: image.tree)
        let secrets = layers.flatMap(\.report.secrets)
        let masked = scanner.maskedFields(of: image.configuration, knowing: secrets)
        fields = masked
        let set = metadata.compactMap { if case .finding(let finding) = $0 { finding } else { nil } }
        let keys = Set(image.facts.annotations.keys).union(image.configuration.labels.map(\.name))
        names = scanner.maskedNames(
            Self.names(in: layers, and: image.gaps).union(keys).union(metadata.compactMap(\.place.config)),
            knowing: secrets + set)
        steps = image.steps.map { step in
            var step = step
            step.createdBy = step.history.flatMap { masked["history/\($0)"] }
            step.mediaType = step.mediaType.map { scanner.mask($0) }
            return step
        }
        let made = steps.compactMap { step in
            step.index.flatMap { index in step.createdBy.map { (index, $0) } }
        }
        instructions = Dictionary(made) { first, _ in first }
        var facts = image.facts
        facts.name = scanner.mask(facts.name)
        facts.platform = scanner.mask(facts.platform)
        let name = { [names] in scanner.mask(names[$0] ?? $0) }
        facts.annotations = Self.values(facts.annotations, of: "Annotations", in: masked, naming: name)
        facts.base =
            base.map { base in
                ImageFacts.Base(
                    name: base.name.map { scanner.mask($0) }, digest: base.digest, layers: base.layers,
                    source: base.source, ownLayers: base.ownLayers)
            } ?? Provenance.base(of: facts, steps, comments: Self.comments(in: masked, of: steps))
        facts.environment = EnvironmentChoice.declared(in: masked)
        facts.registry = facts.registry.map { scanner.mask($0) }
        facts.labels = Self.values(
            Dictionary(image.configuration.labels.map { ($0.name, $0.value) }) { first, _ in first },
            of: "Labels", in: masked, naming: name)
        self.facts = facts
        provenance = Provenance(image: facts)
    }

    /// The comments of the history, by their position in it.
    private static func comments(in fields: [String: String], of steps: [LayerFacts]) -> [Int: String] {
        let named = steps.compactMap(\.history).compactMap { position in
            fields["history/\(position)/comment"].map { (position, $0) }
        }
        return Dictionary(named) { first, _ in first }
    }

    /// The masked values of labels or annotations, by what may be shown of their names.
    private static func values(
        _ values: [String: String], of kind: String, in fields: [String: String],
        naming name: (String) -> String
    ) -> [String: String] {
        let shown = values.keys.sorted().map { key in
            let name = name(key)
            let field = fields["\(kind)/\(key)"] ?? ""
            // Fields are looked at as `name=value`, so that the name speaks for the value.
            let start = [key, name].first { field.hasPrefix($0 + "=") }
            return (name, String(field.dropFirst(start.map { $0.count + 1 } ?? 0)))
        }
        return Dictionary(shown) { first, _ in first }
    }

    private func placed(_ layers: [InspectedLayer]) -> [Placed] {
        var occurrences: [Digest: Int] = [:]
        let makings = layers.map { inspected in
            provenance.making(ofLayer: inspected.layer.index, createdBy: instructions[inspected.layer.index])
        }
        let judged = SightingJudgement(layers, origins: makings.map(\.origin)) { scanner.mask($0) }
        return zip(layers, makings).flatMap { inspected, making in
            let before = occurrences[inspected.layer.diffID, default: 0]
            occurrences[inspected.layer.diffID] = before + 1
            // One file may hold thousands of findings, and have thousands of names.
            var fates: [Subject: Fate] = [:]
            return judged.sightings(of: inspected).map { seen in
                let subject = Subject(path: seen.path, isName: seen.isName)
                let fate = fates[subject] ?? fate(of: subject, in: inspected.layer.index)
                fates[subject] = fate
                return placed(seen, in: inspected.layer, fate, making, occurrence: before)
            }
        }
    }

    /// A file of a layer, or its name.
    private struct Subject: Hashable {
        let path: EntryPath
        let isName: Bool
    }

    private typealias Fate = LayerStack.Fate

    private func fate(of subject: Subject, in layer: Int) -> Fate {
        let fate =
            subject.isName
            ? stack.fate(ofName: subject.path, in: layer)
            : stack.fate(of: subject.path, in: layer)
        // A layer above that could not be read to its end may have removed it there.
        return fate.persistence == .present && belowUnread.contains(layer) ? (.unknown, nil) : fate
    }

    private static func layers(below uppers: [Int], in tree: LayerTree) -> Set<Int> {
        var below: Set<Int> = []
        for upper in uppers where tree.parents.indices.contains(upper) {
            var next = tree.parents[upper]
            while let layer = next, below.insert(layer).inserted { next = tree.parents[layer] }
        }
        return below
    }

    private func placed(
        _ seen: LayerReport.Seen, in layer: LayerDescriptor, _ fate: Fate, _ making: LayerMaking,
        occurrence: Int
    ) -> Placed {
        let place = seen.sighting.place
        return Placed(
            seen.sighting.quoting { names[$0] ?? $0 },
            at: Location(
                layer: .init(index: layer.index, digest: layer.digest, diffID: layer.diffID),
                path: masked(seen.path), line: place.line, column: place.column, offset: place.offset,
                length: place.length, within: place.within.map(shown)),
            createdBy: instructions[layer.index], persistence: fate.persistence,
            removedBy: fate.removedBy.map { index in
                Removal(index: index, createdBy: instructions[index])
            },
            origin: making.trace(seen.path),
            occurrence: occurrence)
    }

    private func placed(_ metadata: [Sighting]) -> [Placed] {
        let setting = FieldInstructions(
            steps.compactMap(\.createdBy), for: metadata.compactMap(\.place.config))
        return metadata.map { sighting in
            let field = sighting.place.config ?? "Config"
            return Placed(
                sighting,
                at: Location(
                    config: scanner.mask(names[field] ?? field), offset: sighting.place.offset,
                    length: sighting.place.length, within: sighting.place.within),
                createdBy: field.hasPrefix("history/") ? fields[field] : setting.instruction(for: field),
                persistence: .metadata, removedBy: nil, origin: Provenance.trace(field: field))
        }
    }

    private func layers(_ layers: [InspectedLayer]) -> [LayerFacts] {
        let reports = Dictionary(layers.map { ($0.layer.index, $0.report) }) { first, _ in first }
        return steps.map { step in
            var facts = step
            facts.origin = provenance.origin(ofLayer: step.index, createdBy: step.createdBy)
            guard let report = step.index.flatMap({ reports[$0] }) else { return facts }
            facts.entries = report.entries
            facts.uncompressedSize = report.uncompressedSize
            facts.bytesScanned = report.bytesScanned
            facts.bytesSkipped = report.skipped
            return facts
        }
    }

    private func receipt(
        _ detector: DetectorSet.Description, among all: [DetectorSet.Description],
        _ layers: [InspectedLayer], _ gaps: [Gap]
    ) -> Receipt? {
        let provides = detector.provides.filter(image.kind.has)
        guard !provides.isEmpty else { return nil }
        let blocking = gaps.filter(\.reason.blocksPass)
        let companions = all.filter { $0.id != detector.id }.compactMap { other in
            let shared = provides.filter(other.provides.contains)
            return shared.isEmpty ? nil : Receipt.Companion(detector: other.id, provides: shared)
        }
        return Receipt(
            detector: detector.id, tool: Product.name, version: Product.version, rules: detector.rules,
            target: image.digest, provides: provides,
            layers: layers.filter {
                $0.report.isProven && $0.report.bytesScanned == $0.report.uncompressedSize
            }
            .map { .init(index: $0.layer.index, diffID: $0.layer.diffID, bytes: $0.report.bytesScanned) },
            metadata: true, outcome: blocking.isEmpty ? .completed : .incomplete,
            reason: blocking.isEmpty ? nil : "something was not looked at, see the gaps",
            notes: detector.notes.isEmpty ? nil : detector.notes.map { scanner.mask($0) },
            alongside: companions.isEmpty ? nil : companions)
    }

    private static func names(in layers: [InspectedLayer], and gaps: [Gap]) -> Set<String> {
        let seen = layers.flatMap(\.report.sightings)
        let gaps = gaps + layers.flatMap(\.gaps)
        return Set(seen.map(\.path.description) + seen.flatMap(\.sighting.place.within))
            .union(seen.flatMap(\.sighting.quotations))
            .union(gaps.compactMap(\.path?.description) + gaps.map(\.detail))
    }

    private func shown(_ name: String) -> String { scanner.mask(names[name] ?? name) }

    private func masked(_ path: EntryPath) -> EntryPath {
        let text = path.description
        let masked = shown(text)
        return masked == text ? path : EntryPath(masked)
    }

    private func masked(_ gap: Gap) -> Gap {
        Gap(
            layer: gap.layer, path: gap.path.map(masked), reason: gap.reason, bytes: gap.bytes,
            detail: shown(gap.detail))
    }
}
