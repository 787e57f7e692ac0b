import Model
import TestSupport

/// A way in which evidence gets lost.
enum Loss: CaseIterable {
    case receipt, outcome, target, provides, metadata, layerCoverage, allCoverage, coveredBytes
    case layer, allLayers, diffID, layerBytes, scannedBytes, skippedBytes
    case gap, metadataGap, attribute, created, detector

    /// Takes it away from `sample` at some place.
    func apply(to sample: inout RandomCase, using random: inout SeededGenerator) {
        switch self {
        case .receipt:
            _ = sample.receipts.indices.randomElement(using: &random).map { sample.receipts.remove(at: $0) }
        case .outcome: change(&sample, &random, outcome: random.chance(50) ? .failed : .incomplete)
        case .target: change(&sample, &random, target: Sample.digest(77))
        case .provides: change(&sample, &random, provides: [])
        case .metadata: change(&sample, &random, metadata: false)
        case .layerCoverage:
            change(&sample, &random) { layers, random in
                _ = layers.indices.randomElement(using: &random).map { layers.remove(at: $0) }
            }
        case .allCoverage: change(&sample, &random) { layers, _ in layers = [] }
        case .coveredBytes:
            change(&sample, &random) { layers, random in
                guard let at = layers.indices.randomElement(using: &random) else { return }
                let old = layers[at]
                layers[at] = .init(
                    index: old.index, diffID: old.diffID,
                    bytes: Int.random(in: 0..<max(1, old.bytes), using: &random))
            }
        case .layer:
            _ = sample.layers.indices.randomElement(using: &random).map { sample.layers.remove(at: $0) }
        case .allLayers: sample.layers = []
        case .diffID: layer(&sample, &random) { $0.diffID = Sample.digest(99) }
        case .layerBytes:
            layer(&sample, &random) {
                $0.uncompressedSize = 0
                $0.bytesScanned = 0
            }
        case .scannedBytes: layer(&sample, &random) { $0.bytesScanned /= 2 }
        case .skippedBytes:
            layer(&sample, &random) {
                $0.bytesScanned -= 256
                $0.bytesSkipped = [.init(reason: .ratioLimit, bytes: 256, entries: 1)]
            }
        case .gap: sample.gaps.append(Gap(layer: 0, path: EntryPath("/z"), reason: .depthLimit, detail: ""))
        case .metadataGap: sample.gaps.append(Gap(layer: nil, reason: .unreadable, detail: ""))
        case .attribute: attribute(&sample, &random)
        case .created: sample.image.created = nil
        case .detector:
            let lost = (Sample.all.map(\.rawValue) + [RandomCase.keyFiles]).randomElement(using: &random)
            sample.receipts.removeAll { $0.detector == lost }
            sample.findings.removeAll { $0.detector == lost }
            sample.inventory.removeAll { $0.detector == lost }
        }
    }

    private func layer(
        _ sample: inout RandomCase, _ random: inout SeededGenerator, _ change: (inout LayerFacts) -> Void
    ) {
        guard let index = sample.layers.indices.randomElement(using: &random) else { return }
        change(&sample.layers[index])
    }

    private func attribute(_ sample: inout RandomCase, _ random: inout SeededGenerator) {
        if let index = sample.findings.indices.randomElement(using: &random) {
            sample.findings[index].attributes = [:]
        }
        if let index = sample.inventory.indices.randomElement(using: &random) {
            sample.inventory[index].attributes = [:]
        }
    }

    private func change(
        _ sample: inout RandomCase, _ random: inout SeededGenerator, target: Digest? = nil,
        provides: [EvidenceClass]? = nil, metadata: Bool? = nil, outcome: Receipt.Outcome? = nil,
        layers: (inout [Receipt.Coverage], inout SeededGenerator) -> Void = { _, _ in }
    ) {
        guard let index = sample.receipts.indices.randomElement(using: &random) else { return }
        let old = sample.receipts[index]
        var covered = old.layers
        layers(&covered, &random)
        sample.receipts[index] = Receipt(
            detector: old.detector, tool: old.tool, version: old.version, rules: old.rules,
            target: target ?? old.target, provides: provides ?? old.provides, layers: covered,
            metadata: metadata ?? old.metadata, outcome: outcome ?? old.outcome, alongside: old.alongside)
    }
}
