import Model

/// From a finding to its receipts, its layer and its bytes.
extension Trail {
    func lines(of finding: Finding, indent: String) -> [String] {
        var lines = [
            "\(finding.id)  \(Self.clean(finding.title)), \(finding.severity.rawValue), confidence \(finding.confidence.rawValue)",
            "  by \(Self.clean(finding.detector)), rule \(Self.clean(finding.rule))",
        ]
        if let reason = finding.confidenceReason { lines.append("  sure because \(Self.clean(reason))") }
        lines += places(finding.location, finding.createdBy, finding.persistence, finding.removedBy)
        lines.append(
            "  came from \(finding.origin.rawValue)"
                + (finding.originReason.map { ": \(Self.clean($0))" } ?? ""))
        if let fingerprint = finding.fingerprint {
            lines.append("  fingerprint \(fingerprint), key \(Self.clean(judged.evidence.fingerprintKey))")
        }
        let detectors = [finding.detector] + (finding.witnesses ?? []).map(\.detector)
        lines += Set(detectors).sorted().flatMap {
            receipts(of: $0, on: finding.location.layer?.index, indent: "  ")
        }
        return lines.map { indent + $0 }
    }

    func lines(of item: InventoryItem, indent: String) -> [String] {
        let lines =
            ["\(item.id)  \(Self.clean(item.title)), \(item.type.rawValue)"]
            + places(item.location, item.createdBy, item.persistence, item.removedBy)
            + receipts(of: item.detector, on: item.location.layer?.index, indent: "  ")
        return lines.map { indent + $0 }
    }

    /// What the receipts of `detector` say of a layer, or of all that it looked at.
    func receipts(of detector: String, on layer: Int?, indent: String) -> [String] {
        judged.evidence.receipts.filter { $0.detector == detector }.map { receipt in
            let rules = receipt.rules.map { ", rules \($0)" } ?? ""
            let what =
                layer.map { index in
                    receipt.layers.first { $0.index == index }.map { "\($0.bytes) bytes of layer \(index)" }
                        ?? "layer \(index) not covered"
                } ?? "\(receipt.layers.count) layers" + (receipt.metadata ? " and the metadata" : "")
            return
                "\(indent)receipt: \(Self.clean(detector)) of \(Self.clean(receipt.tool)) \(Self.clean(receipt.version))\(rules), \(what), \(receipt.outcome.rawValue)"
        }
    }

    private func places(
        _ location: Location, _ createdBy: String?, _ persistence: Persistence, _ removal: Removal?
    ) -> [String] {
        var lines = ["  at \(Proof.place(location))"]
        if let layer = location.layer {
            lines.append("  in layer \(layer.index) \(layer.digest), diffID \(layer.diffID)")
        }
        if let createdBy { lines.append("  made by \(Self.clean(createdBy))") }
        let remover = removal.map { removal in
            " by layer \(removal.index)" + (removal.createdBy.map { ", \(Self.clean($0))" } ?? "")
        }
        return lines + ["  \(persistence.rawValue)\(remover ?? "")"]
    }
}
