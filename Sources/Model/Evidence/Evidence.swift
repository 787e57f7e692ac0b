/// Everything known of one image: the document that stands between looking and judging.
///
/// Canonical once made by ``init(image:layers:findings:inventory:gaps:receipts:fingerprintKey:comparedWith:source:baseline:)``: the lists are sorted,
/// so the same facts give the same bytes in whatever order they were gathered.
package struct Evidence: Hashable, Sendable, Codable {
    /// The name and version of the document's form.
    package static let schema = "palimpsest.evidence/1"

    package let schemaVersion: String
    package var image: ImageFacts
    package let layers: [LayerFacts]
    package var findings: [Finding]
    package private(set) var inventory: [InventoryItem]
    package let gaps: [Gap]
    package private(set) var receipts: [Receipt]
    /// The source tree in which its secrets were looked for, as it was given; nil where there was none.
    package var source: String?
    /// The earlier evidence it was held against; nil where there was none.
    package var baseline: BaselineFacts?
    /// The other images of the run that this one was compared with; nil where it was alone.
    package var comparedWith: [ComparedImage]?
    /// A short hash of the fingerprint key: fingerprints compare between documents that name the same one.
    package let fingerprintKey: String

    package init(
        image: ImageFacts, layers: [LayerFacts], findings: [Finding], inventory: [InventoryItem], gaps: [Gap],
        receipts: [Receipt], fingerprintKey: String,
        comparedWith: [ComparedImage]? = nil, source: String? = nil, baseline: BaselineFacts? = nil
    ) {
        schemaVersion = Self.schema
        self.image = image
        self.layers = layers
        self.findings = Self.sorted(findings) { left, right in
            if left.location != right.location { return left.location < right.location }
            return (left.rule, left.id) < (right.rule, right.id)
        }
        self.inventory = Self.sorted(inventory) { left, right in
            if left.location != right.location { return left.location < right.location }
            return (left.type.rawValue, left.id) < (right.type.rawValue, right.id)
        }
        self.gaps = gaps.sorted()
        self.receipts = Self.sorted(receipts)
        self.fingerprintKey = fingerprintKey
        self.comparedWith = comparedWith?.sorted()
        self.source = source
        self.baseline = baseline
    }

    // In the order of the document, which is written as it is made.
    private enum CodingKeys: String, CodingKey {
        case baseline, comparedWith, findings, fingerprintKey, gaps, image, inventory, layers, receipts
        case schemaVersion, source
    }

    /// Says more of each item; neither its place nor what it is may change, so the order holds.
    package mutating func annotateInventory(_ annotate: (InventoryItem) -> InventoryItem) {
        for index in inventory.indices { inventory[index] = annotate(inventory[index]) }
    }

    /// Takes down that one more detector ran.
    package mutating func add(_ receipt: Receipt) { receipts = Self.sorted(receipts + [receipt]) }

    /// Things this large are not moved while they are sorted, and not at all where they are in order, as stored ones are.
    private static func sorted<Thing>(_ things: [Thing], by isBefore: (Thing, Thing) -> Bool) -> [Thing] {
        let isInOrder = things.indices.dropFirst().allSatisfy { !isBefore(things[$0], things[$0 - 1]) }
        guard !isInOrder else { return things }
        return things.indices.sorted { isBefore(things[$0], things[$1]) }.map { things[$0] }
    }

    private static func sorted(_ receipts: [Receipt]) -> [Receipt] {
        receipts.sorted { ($0.detector, $0.tool, $0.version) < ($1.detector, $1.tool, $1.version) }
    }
}
