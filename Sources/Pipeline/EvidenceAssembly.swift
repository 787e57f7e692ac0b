import Cryptography
import Detection
import ImageReading
import Model

/// Puts what was seen layer by layer together into the evidence of one image.
///
/// Here a sighting becomes a finding: it gets its place among the layers, what became of it above, how it got there, and
/// its id. Text that the image supplies is masked first, so that a secret in a file name or a history line stays out.
struct EvidenceAssembly {
    private let image: Image
    private let facts: ImageFacts
    private let steps: [LayerFacts]
    private let changes: [LayerChanges]
    private let provenance: Provenance
    private let scanner: ImageScanner
    /// Metadata fields by name, secrets masked.
    private let fields: [String: String]

    /// The evidence of `image`, given a report for each of its layers in order.
    static func evidence(
        of image: Image, _ reports: [LayerReport], detectors: DetectorSet
    ) throws(DetectionError) -> Evidence {
        let scanner = try detectors.makeScanner()
        let assembly = EvidenceAssembly(image: image, reports, scanner)
        let seen = scanner.inspect(image.configuration)
        let metadata = seen.prefix(LayerReport.sightingLimit)
        var gaps = reports.flatMap(\.gaps).map(assembly.masked)
        if seen.count > metadata.count {
            let detail = "more than \(metadata.count) findings in the metadata; the rest is not listed"
            gaps.append(Gap(layer: nil, reason: .detectorLimit, detail: detail))
        }
        if let shortfall = scanner.shortfall {
            gaps.append(Gap(layer: nil, reason: .detectorLimit, detail: shortfall))
        }
        if let mismatch = image.historyMismatch {
            gaps.append(Gap(layer: nil, reason: .historyMismatch, detail: mismatch))
        }
        let placed = assembly.placed(reports) + metadata.map { assembly.placed($0) }
        return Evidence(
            image: assembly.facts, layers: assembly.layers(reports), findings: placed.compactMap(\.finding),
            inventory: placed.compactMap(\.item), gaps: gaps,
            receipts: detectors.descriptions.map { assembly.receipt($0, reports, gaps) },
            fingerprintKey: detectors.keyID)
    }

    private init(image: Image, _ reports: [LayerReport], _ scanner: ImageScanner) {
        self.image = image
        self.scanner = scanner
        changes = reports.map(\.changes)
        let masked = scanner.maskedFields(of: image.configuration, knowing: reports.flatMap(\.secrets))
        fields = masked
        steps = image.steps.map { step in
            var step = step
            step.createdBy = step.history.flatMap { masked["history/\($0)"] }
            step.mediaType = step.mediaType.map { scanner.mask($0) }
            return step
        }
        let baseLayers = Provenance.baseLayers(in: steps)
        var facts = image.facts
        facts.name = scanner.mask(facts.name)
        facts.platform = scanner.mask(facts.platform)
        let annotations = facts.annotations.sorted { $0.key < $1.key }
        facts.annotations = Dictionary(
            annotations.map { (scanner.mask($0.key), scanner.mask($0.value)) },
            uniquingKeysWith: { first, _ in first })
        facts.base = Self.base(facts, layers: baseLayers)
        self.facts = facts
        provenance = Provenance(image: facts)
    }

    private static func base(_ image: ImageFacts, layers: Int) -> ImageFacts.Base? {
        let name = image.annotations["org.opencontainers.image.base.name"]
        let digest = image.annotations["org.opencontainers.image.base.digest"].flatMap(Digest.init)
        guard layers > 0 || name != nil || digest != nil else { return nil }
        return ImageFacts.Base(name: name, digest: digest, layers: layers)
    }

    private func placed(_ reports: [LayerReport]) -> [Placed] {
        reports.flatMap { report in report.sightings.map { placed($0, in: report.layer) } }
    }

    private func placed(_ seen: LayerReport.Seen, in layer: LayerDescriptor) -> Placed {
        let createdBy = steps.first { $0.index == layer.index }?.createdBy
        let fate =
            seen.isName
            ? LayerChanges.fate(ofName: seen.path, in: layer.index, changes: changes)
            : LayerChanges.fate(of: seen.path, in: layer.index, changes: changes)
        let place = seen.sighting.place
        return Placed(
            seen.sighting,
            at: Location(
                layer: .init(index: layer.index, digest: layer.digest, diffID: layer.diffID),
                path: masked(seen.path), line: place.line, column: place.column, offset: place.offset,
                length: place.length, within: place.within.map { scanner.mask($0) }),
            createdBy: createdBy, persistence: fate.persistence,
            removedBy: fate.removedBy.map { index in
                Removal(index: index, createdBy: steps.first { $0.index == index }?.createdBy)
            },
            origin: provenance.origin(of: seen.path, inLayer: layer.index, createdBy: createdBy))
    }

    private func placed(_ sighting: Sighting) -> Placed {
        let field = sighting.place.config ?? "Config"
        return Placed(
            sighting,
            at: Location(
                config: scanner.mask(field), offset: sighting.place.offset, length: sighting.place.length),
            createdBy: instruction(for: field), persistence: .metadata, removedBy: nil, origin: .metadata)
    }

    /// The history's instruction that set a metadata field: the last one that names it.
    private func instruction(for field: String) -> String? {
        if field.hasPrefix("history/") { return fields[field] }
        let parts = field.split(separator: "/", maxSplits: 1)
        let keyword = Self.keywords[String(parts[0])] ?? parts[0].uppercased()
        let name = parts.count > 1 && parts[0] != "OnBuild" ? parts[1] : ""
        return steps.last { step in
            guard let text = step.createdBy, text.contains(keyword + " ") else { return false }
            return name.isEmpty || text.contains(name)
        }?.createdBy
    }

    private static let keywords = [
        "Env": "ENV", "Labels": "LABEL", "WorkingDir": "WORKDIR",
    ]

    private func layers(_ reports: [LayerReport]) -> [LayerFacts] {
        steps.map { step in
            var facts = step
            facts.origin = provenance.origin(ofLayer: step.index, createdBy: step.createdBy)
            guard let report = reports.first(where: { $0.layer.index == step.index }) else { return facts }
            facts.entries = report.entries
            facts.uncompressedSize = report.uncompressedSize
            facts.bytesScanned = report.bytesScanned
            facts.bytesSkipped = report.skipped
            return facts
        }
    }

    private func receipt(_ detector: DetectorSet.Description, _ reports: [LayerReport], _ gaps: [Gap])
        -> Receipt
    {
        let blocking = gaps.filter(\.reason.blocksPass)
        return Receipt(
            detector: detector.id, tool: Product.name, version: Product.version, rules: detector.rules,
            target: image.digest, provides: detector.provides,
            layers: reports.filter { $0.isProven && $0.bytesScanned == $0.uncompressedSize }
                .map { .init(index: $0.layer.index, diffID: $0.layer.diffID, bytes: $0.bytesScanned) },
            metadata: true, outcome: blocking.isEmpty ? .completed : .incomplete,
            reason: blocking.isEmpty ? nil : "something was not looked at, see the gaps")
    }

    private func masked(_ path: EntryPath) -> EntryPath {
        let text = path.description
        let masked = scanner.mask(text)
        return masked == text ? path : EntryPath(masked)
    }

    private func masked(_ gap: Gap) -> Gap {
        Gap(
            layer: gap.layer, path: gap.path.map(masked), reason: gap.reason, bytes: gap.bytes,
            detail: scanner.mask(gap.detail))
    }
}
