package import Model

/// What the verdict rests on: how much of the image was seen, by what, against which policy.
package struct Basis: Sendable {
    package let layersTotal: Int
    /// Layers of which every byte was scanned.
    package let layersWhole: Int
    /// Layers that could not be read at all, so that nobody knows how many bytes they hold.
    package let layersUnread: Int
    /// Layers of which a part was read, and of which nothing proves where they end.
    package let layersCut: Int
    package let bytesTotal: Int
    package let bytesScanned: Int
    /// What was not scanned, by reason.
    package let bytesSkipped: [GapReason: Int]
    package let gaps: Int
    /// Gaps that leave something unseen.
    package let blockingGaps: Int
    /// Detectors with versions and how their runs ended.
    package let detectors: [SafeText]
    package let fingerprintKey: SafeText
    package let policyID: SafeText
    package let policyTitle: SafeText
    package let policyDigest: SafeText
    package let asOf: Instant
    /// Whether every byte of every layer was looked at for all that is seen in an image, as receipts prove, of which none
    /// is of a run that did not finish.
    package let isWhole: Bool

    init(evidence: Evidence, assessment: Assessment) {
        let layers = evidence.layers.filter { !$0.empty }
        let blocked = Set(evidence.gaps.filter(\.reason.blocksPass).compactMap(\.layer))
        layersTotal = layers.count
        layersUnread = layers.count { $0.uncompressedSize == 0 }
        let cut = Set(
            evidence.gaps.filter { $0.path == nil && Self.ends.contains($0.reason) }.compactMap(\.layer))
        layersCut = layers.count { $0.uncompressedSize > 0 && ($0.index.map(cut.contains) ?? false) }
        layersWhole = layers.count { layer in
            let isBlocked = layer.index.map(blocked.contains) ?? true
            return layer.uncompressedSize > 0 && layer.bytesScanned == layer.uncompressedSize && !isBlocked
        }
        bytesTotal = layers.reduce(0) { $0 + $1.uncompressedSize }
        bytesScanned = layers.reduce(0) { $0 + $1.bytesScanned }
        bytesSkipped = layers.flatMap(\.bytesSkipped).reduce(into: [:]) { sums, skipped in
            sums[skipped.reason, default: 0] &+= skipped.bytes
        }
        gaps = evidence.gaps.count
        blockingGaps = evidence.gaps.count(where: \.reason.blocksPass)
        detectors = evidence.receipts.map { receipt in
            let name: SafeText =
                "\(SafeText.cleaning(receipt.detector, limit: 80)) \(SafeText.cleaning(receipt.version, limit: 40))"
            return receipt.outcome == .completed ? name : "\(name) (\(.word(receipt.outcome)))"
        }
        fingerprintKey = .cleaning(evidence.fingerprintKey, limit: 64)
        policyID = .cleaning(assessment.policy.id, limit: 80)
        policyTitle = .cleaning(assessment.policy.title, limit: 200)
        policyDigest = .cleaning(assessment.policy.digest.text)
        asOf = assessment.asOf
        isWhole =
            gaps == 0 && layersTotal > 0 && layersWhole == layersTotal && bytesScanned == bytesTotal
            && evidence.receipts.allSatisfy { $0.outcome == .completed }
            && Self.seenInImages.filter(evidence.image.kind.has).allSatisfy { wanted in
                evidence.receipts.contains { $0.covers(wanted, of: evidence.image, layers: layers) }
            }
    }

    /// Why nobody knows where a layer ends.
    private static let ends: Set<GapReason> = [
        .truncated, .malformedLayer, .digestMismatch, .unreadable, .unsupported,
    ]

    /// What an image itself shows, whoever looks: all else takes another tool's word or another thing beside it.
    private static let seenInImages: [EvidenceClass] = [.secrets, .certificates, .filesystem, .configuration]

    /// `8 of 8 layers read whole`, and what is known of the others.
    package var layersText: SafeText {
        let whole: SafeText = "\(layersWhole) of \(layersTotal, "layer") read whole"
        let cut: SafeText = layersCut == 0 ? "" : ", \(layersCut) in part"
        return layersUnread == 0 ? "\(whole)\(cut)" : "\(whole)\(cut), \(layersUnread) not at all"
    }

    /// `118.2 MB of 118.2 MB (100 %)`; never 100 % while a byte is missing.
    package var bytesText: SafeText {
        let counts: SafeText = "\(.bytes(bytesScanned)) of \(.bytes(bytesTotal))"
        guard layersUnread + layersCut == 0 else {
            return "\(.bytes(bytesScanned)) of at least \(.bytes(bytesTotal))"
        }
        guard bytesTotal > 0 else { return "nothing to scan" }
        let (high, low) = bytesScanned.multipliedFullWidth(by: 100)
        let percent = bytesTotal.dividingFullWidth((high, low)).quotient
        return bytesScanned < bytesTotal && percent == 0
            ? "\(counts) (under 1 %)" : "\(counts) (\(percent) %)"
    }

    /// What scanned bytes lack to the sum of all, by reason.
    package var skippedText: SafeText {
        let parts = bytesSkipped.sorted { $0.key < $1.key }.filter { $0.value > 0 }
            .map { "\(.bytes($0.value)): \(.word($0.key))" as SafeText }
        return parts.isEmpty ? "none" : .joined(parts, by: ", ")
    }

    /// How many gaps, and whether they matter.
    package var gapsText: SafeText {
        switch (gaps, blockingGaps) {
        case (0, _): "none"
        case (1, 0): "1 gap, which hides nothing"
        case (1, _): "1 gap, which leaves something unseen"
        case (_, 0): "\(gaps, "gap"), none of which hides anything"
        case (_, 1): "\(gaps, "gap"), 1 of which leaves something unseen"
        default: "\(gaps, "gap"), \(blockingGaps) of which leave something unseen"
        }
    }
}

extension Receipt {
    /// Whether it proves that the whole of this image was looked at for evidence of this class.
    fileprivate func covers(_ wanted: EvidenceClass, of image: ImageFacts, layers: [LayerFacts]) -> Bool {
        guard outcome == .completed, target == image.digest, provides.contains(wanted) else { return false }
        guard metadata || !wanted.needsMetadata else { return false }
        return !wanted.needsLayers || layers.allSatisfy(saw)
    }
}
