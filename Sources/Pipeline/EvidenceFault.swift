import Model

/// What evidence from a file can say and no audit ever does.
///
/// Whether evidence is complete is for the evaluator to tell. A document with one of these was made or changed by
/// something else, and nothing it says can be relied upon.
enum EvidenceFault {
    /// No layer and no list is larger; sums over all that a document can hold stay far from overflow.
    private static let largest = 1 << 42
    /// No image has more, by far.
    private static let mostLayers = 100_000

    /// The first fault in the document, in words; nil where it has none.
    static func first(in evidence: Evidence) -> String? {
        guard
            ([evidence.layers.count] + evidence.receipts.map(\.layers.count)).allSatisfy({ $0 <= mostLayers })
        else { return "lists more than \(mostLayers) layers" }
        for (position, layer) in evidence.layers.enumerated() {
            let numbers =
                [
                    layer.index ?? 0, layer.history ?? 0, layer.parent ?? 0, layer.size,
                    layer.uncompressedSize, layer.entries,
                ]
                + [layer.bytesScanned] + layer.bytesSkipped.flatMap { [$0.bytes, $0.entries] }
            if !numbers.allSatisfy(isPossible) { return impossible("layers.\(position)") }
        }
        for (position, gap) in evidence.gaps.enumerated()
        where !isPossible(gap.bytes) || !isPossible(gap.layer ?? 0) {
            return impossible("gaps.\(position)")
        }
        if let base = evidence.image.base, !isPossible(base.layers) || !isPossible(base.ownLayers ?? 0) {
            return impossible("image.base")
        }
        guard isKeyID(evidence.fingerprintKey) else {
            return "names its fingerprint key otherwise than by eight hex digits"
        }
        return evidence.findings.indices.lazy.compactMap { fault(position: $0, of: evidence) }.first
            ?? evidence.receipts.enumerated().lazy.compactMap(fault).first
            ?? evidence.inventory.enumerated().lazy.compactMap(fault).first
    }

    /// Looks at a finding in place, since there may be very many, and copying one is dearer than all that is asked.
    private static func fault(position: Int, of evidence: Evidence) -> String? {
        guard isID(evidence.findings[position].id) else { return odd(evidence.findings[position].id) }
        if evidence.findings[position].witnesses?.isEmpty ?? false {
            return "findings.\(position) names no witness, where a list of them says that there are some"
        }
        if evidence.baseline == nil, evidence.findings[position].attributes["inBaseline"] != nil {
            return "says of findings whether earlier evidence has them, and names none"
        }
        return isPossible(evidence.findings[position].location) ? nil : impossible("findings.\(position)")
    }

    private static func fault(position: Int, item: InventoryItem) -> String? {
        guard isID(item.id) else { return odd(item.id) }
        return isPossible(item.location) ? nil : impossible("inventory.\(position)")
    }

    private static func fault(position: Int, receipt: Receipt) -> String? {
        guard receipt.layers.allSatisfy({ isPossible($0.index) && isPossible($0.bytes) }) else {
            return impossible("receipts.\(position)")
        }
        guard Set(receipt.layers.map(\.index)).count == receipt.layers.count else {
            return "receipts.\(position) tells of the same layer twice"
        }
        guard ![receipt.detector, receipt.tool, receipt.version].contains("") else {
            return "receipts.\(position) does not tell what ran, or in which version"
        }
        return nil
    }

    private static func isPossible(_ number: Int) -> Bool { (0...largest).contains(number) }

    private static func isKeyID(_ text: String) -> Bool {
        text.utf8.count == 8 && Hex.isHex(text.utf8Span.span)
    }

    /// Whether it is a UUID, as all ids of ours are: what else people copy from a document may be anything.
    private static func isID(_ text: String) -> Bool {
        let bytes = text.utf8Span.span
        guard bytes.count == 36 else { return false }
        for position in bytes.indices {
            switch position {
            case 8, 13, 18, 23: guard bytes[position] == UInt8(ascii: "-") else { return false }
            default: guard Hex.isHex(bytes[position]) else { return false }
            }
        }
        return true
    }

    private static func isPossible(_ location: Location) -> Bool {
        isPossible(location.line ?? 0) && isPossible(location.column ?? 0)
            && isPossible(location.offset ?? 0) && isPossible(location.length ?? 0)
            && isPossible(location.layer?.index ?? 0)
    }

    private static func odd(_ id: String) -> String {
        "has the id \(String(reflecting: id.prefix(80))), which is no UUID"
    }

    private static func impossible(_ place: String) -> String { "\(place) has a number that cannot be" }
}
