package import Model

/// One place where something stands.
///
/// It refers to what it is the place of; what is shown of it is made when a format asks.
package struct Placement: Sendable {
    private let things: PlacedThings
    private let position: Int
    private let isFinding: Bool

    init(of things: PlacedThings, at position: Int, isFinding: Bool) {
        self.things = things
        self.position = position
        self.isFinding = isFinding
    }

    private func read<Value>(
        _ ofFinding: (Finding) -> Value, _ ofItem: (InventoryItem) -> Value
    ) -> Value {
        isFinding ? ofFinding(things.findings[position]) : ofItem(things.inventory[position])
    }

    var id: String { read({ $0.id }, { $0.id }) }
    private var location: Location { read({ $0.location }, { $0.location }) }
    package var persistence: Persistence { read({ $0.persistence }, { $0.persistence }) }
    package var origin: Origin { read({ $0.origin }, { $0.origin }) }
    private var removal: Removal? { read({ $0.removedBy }, { $0.removedBy }) }

    /// The file or metadata field, and the line.
    package var place: SafeText {
        .cleaning(read({ $0.location.summary }, { $0.location.summary }), limit: 600)
    }

    /// Counts the non-empty layers from 0 at the base; nil for metadata.
    package var layer: Int? { read({ $0.location.layer?.index }, { $0.location.layer?.index }) }

    var site: Location.Site { read({ $0.location.site }, { $0.location.site }) }

    /// The position in the history that a metadata field names; nil for other fields and for files.
    package var historyStep: Int? {
        read({ $0.location.config }, { $0.location.config }).flatMap { field in
            let parts = field.split(separator: "/")
            guard parts.count >= 2, parts[0] == "history" else { return nil }
            return Int(parts[1])
        }
    }

    /// The bytes: where they start and how many they are.
    package var range: SafeText? {
        let location = location
        return location.offset.map { offset in
            location.length.map { "bytes \(offset) to \(offset + max($0, 1) - 1)" } ?? "byte \(offset)"
        }
    }

    package var createdBy: SafeText? {
        read({ $0.createdBy }, { $0.createdBy }).map { .cleaning($0, limit: 600) }
    }

    package var removedByLayer: Int? { removal?.index }
    package var removedBy: SafeText? { removal?.createdBy.map { .cleaning($0, limit: 600) } }

    /// The place for programs, which few formats ask for.
    package var address: Address { Address(location) }

    /// What became of it, in a few words.
    package var fate: SafeText {
        switch persistence {
        case .present: "present"
        case .deleted:
            removedByLayer.map { "deleted by layer \($0), still in the image" }
                ?? "deleted, still in the image"
        case .overwritten:
            removedByLayer.map { "overwritten by layer \($0), still in the image" }
                ?? "overwritten, still in the image"
        case .metadata: "in the metadata"
        case .unknown: "whether it is still there is not known"
        }
    }

    /// The layer it is in, in a few words.
    package var layerText: SafeText {
        switch site {
        case .layer(let index): "layer \(index)"
        case .metadata: "metadata"
        case .unknownLayer: "layer unknown"
        case .source: "source code"
        case .image: "image"
        }
    }

    /// Layer and fate together.
    package var standing: SafeText { layer.map { "layer \($0), \(fate)" } ?? fate }
}
