internal import Model

/// Whether every byte of every layer is accounted for, and what was left unseen.
struct LayerAccount {
    /// The uncompressed bytes of all layers.
    let bytes: Int
    private let ofLayers: [String]
    private let ofMetadata: [(clause: String, missing: [EvidenceClass]?)]

    init(_ evidence: Evidence) {
        let layers = evidence.layers.filter { !$0.empty }.sorted { ($0.index ?? 0) < ($1.index ?? 0) }
        bytes = layers.reduce(0) { $0.addingReportingOverflow(max(0, $1.uncompressedSize)).partialValue }
        let gaps = evidence.gaps.filter(\.reason.blocksPass).sorted()
        let partlyRead = Set(layers.filter { $0.bytesScanned > 0 }.compactMap(\.index))
        func clause(_ gap: Gap) -> String { Self.clause(gap, partlyRead) }
        ofMetadata = gaps.filter { $0.layer == nil }.map { (clause($0), $0.missing) }

        var clauses = Self.numbering(layers, evidence)
        for layer in layers { clauses += Self.clauses(layer, gaps: gaps) }
        clauses += gaps.filter { $0.layer != nil && $0.path != nil }.map(clause)
        let unread = Set(clauses)
        clauses += gaps.filter { $0.layer != nil && $0.path == nil }.map(clause).filter {
            !unread.contains($0)
        }
        ofLayers = Self.unique(clauses)
    }

    /// What was left unseen of these classes, in clauses; empty where everything was seen.
    func shortfalls(of classes: [EvidenceClass]) -> [String] {
        let gaps = ofMetadata.filter { gap in
            // Where none is named, nobody knows what is missing.
            gap.missing.map { $0.isEmpty || !Set($0).isDisjoint(with: classes) } ?? true
        }
        let beside = Self.unique(gaps.map(\.clause))
        return classes.contains(where: \.needsLayers) ? beside + ofLayers : beside
    }

    /// Layers that are missing from the evidence, as far as the evidence itself gives them away.
    private static func numbering(_ layers: [LayerFacts], _ evidence: Evidence) -> [String] {
        guard !layers.isEmpty else { return ["the evidence lists no layer"] }
        guard evidence.layers.allSatisfy({ !$0.empty || $0.hasNothing }) else {
            return ["a step that is said to have made no layer has one"]
        }
        guard layers.compactMap(\.index) == Array(layers.indices) else {
            return ["the evidence does not list its layers from 0 without a break"]
        }
        let known = Set(layers.map { Pair(index: $0.index, diffID: $0.diffID) })
        let places =
            evidence.findings.compactMap(\.location.layer) + evidence.inventory.compactMap(\.location.layer)
        let strange = Set(
            places.filter { !known.contains(Pair(index: $0.index, diffID: $0.diffID)) }.map(\.index))
        return strange.min().map { ["something was found in a layer \($0) that the evidence does not list"] }
            ?? []
    }

    private static func clauses(_ layer: LayerFacts, gaps: [Gap]) -> [String] {
        let name = "layer \(layer.index ?? 0)"
        guard isRead(layer) else {
            // The reader's gap says why; without one nobody knows.
            let reason = gaps.first { $0.layer == layer.index && $0.path == nil }?.reason
            return [Self.clause(name, isPartlyRead: layer.bytesScanned > 0, reason)]
        }
        var clauses: [String] = []
        // Even where the reason alone would not count: of these bytes nothing was seen.
        for skipped in layer.bytesSkipped where skipped.bytes > 0 {
            clauses.append(
                "\(Phrase.bytes(skipped.bytes)) of \(name) were skipped (\(skipped.reason.rawValue))")
        }
        if !isBalanced(layer) { clauses.append("the bytes of \(name) do not add up") }
        return clauses.sorted()
    }

    private static func clause(_ name: String, isPartlyRead: Bool, _ reason: GapReason?) -> String {
        let fate =
            switch (isPartlyRead, reason) {
            case (false, _): "was not read"
            case (true, .digestMismatch): "is not the one that the image names"
            case (true, _): "was not fully read"
            }
        return reason.map { "\(name) \(fate) (\($0.rawValue))" } ?? "\(name) \(fate)"
    }

    private static func isRead(_ layer: LayerFacts) -> Bool {
        guard let diffID = layer.diffID else { return false }
        return layer.uncompressedSize > 0
            || layer.uncompressedSize == 0 && diffID.text == Self.digestOfNothing
    }

    /// Whether scanned and skipped bytes make up the layer; evidence may come from a file, so any number may stand there.
    private static func isBalanced(_ layer: LayerFacts) -> Bool {
        let parts = [layer.bytesScanned] + layer.bytesSkipped.map(\.bytes)
        var sum = 0
        for part in parts {
            let (next, overflow) = sum.addingReportingOverflow(part)
            guard part >= 0, !overflow else { return false }
            sum = next
        }
        return sum == layer.uncompressedSize
    }

    private static func clause(_ gap: Gap, _ partlyRead: Set<Int>) -> String {
        switch (gap.layer, gap.path) {
        case (let layer?, let path?): "\(path) in layer \(layer) was not fully read (\(gap.reason.rawValue))"
        case (let layer?, nil):
            clause("layer \(layer)", isPartlyRead: partlyRead.contains(layer), gap.reason)
        case (nil, let path?): "\(path) was not read (\(gap.reason.rawValue))"
        case (nil, nil): "something beside the layers was not read (\(gap.reason.rawValue): \(gap.detail))"
        }
    }

    /// The elements without repetition, in the order they came.
    private static func unique(_ clauses: [String]) -> [String] {
        var seen: Set<String> = []
        return clauses.filter { seen.insert($0).inserted }
    }

    private struct Pair: Hashable {
        let index: Int?
        let diffID: Digest?
    }

    private static let digestOfNothing =
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
}

extension LayerFacts {
    /// Whether nothing is told of a layer that this step made.
    fileprivate var hasNothing: Bool {
        index == nil && digest == nil && diffID == nil && size == 0 && uncompressedSize == 0 && entries == 0
            && bytesScanned == 0 && bytesSkipped.isEmpty
    }
}
