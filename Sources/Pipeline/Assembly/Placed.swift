import Cryptography
import Detection
import Model

/// A sighting with its place in the image: the finding or inventory item that evidence lists.
struct Placed {
    let finding: Finding?
    let item: InventoryItem?

    init(
        _ sighting: Sighting, at location: Location, createdBy: String?, persistence: Persistence,
        removedBy: Removal?, origin: TracedOrigin, occurrence: Int = 0
    ) {
        switch sighting {
        case .finding(let seen):
            item = nil
            finding = Finding(
                id: Self.id(seen.rule, location, occurrence, createdBy: createdBy), detector: seen.detector,
                rule: seen.rule,
                kind: seen.kind,
                title: seen.title, severity: seen.severity, confidence: seen.confidence,
                confidenceReason: ConfidenceBasis.reason(seen.bases), location: location,
                createdBy: createdBy, persistence: persistence, removedBy: removedBy, origin: origin.origin,
                originReason: origin.reason,
                fingerprint: seen.fingerprint, preview: seen.preview, attributes: seen.attributes)
        case .item(let seen):
            finding = nil
            item = InventoryItem(
                id: Self.id(
                    "\(seen.type.rawValue) \(seen.title)", location, occurrence, createdBy: createdBy),
                detector: seen.detector,
                type: seen.type, title: seen.title, location: location, createdBy: createdBy,
                persistence: persistence, removedBy: removedBy, origin: origin.origin,
                attributes: seen.attributes)
        }
    }

    /// Follows from what was seen and where: the same in every run, under every fingerprint key, and in every image that
    /// has the layer.
    ///
    /// Of what the history has it follows from the instruction as well, which no digest tells. Only where a layer lies in an image more than once do its occurrences after the first have ids of their own.
    static func id(
        _ what: String, _ location: Location, _ occurrence: Int, createdBy: String? = nil
    ) -> String {
        let place = [
            location.layer?.diffID.text, location.path?.description, location.config,
            location.offset.map(String.init),
            location.length.map(String.init),
        ]
        var further = occurrence > 0 ? ["occurrence \(occurrence)"] : []
        if location.isHistory, let createdBy { further.append(createdBy) }
        let name = ([what] + place.map { $0 ?? "" } + location.within + further).joined(separator: "\0")
        return UUIDv5.make(namespace: namespace, name: Array(name.utf8))
    }

    /// Our own namespace: UUIDv5 of `urn:palimpsest:evidence` in the namespace of URLs.
    private static let namespace: [UInt8] = [
        0x6d, 0x38, 0x7e, 0x35, 0x4c, 0xe4, 0x54, 0x7a, 0xb0, 0x38, 0x7c, 0x5b, 0x2c, 0x67, 0x72, 0x44,
    ]
}
