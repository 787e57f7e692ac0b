package import Model

/// One place where something stands.
///
/// A value like any other; a class only because there are thousands, of which every format looks at some part, and copying each costs more.
package final class Placement: Sendable {
    let id: String
    /// The file or metadata field, and the line.
    package let place: SafeText
    private let location: Location
    /// Counts the non-empty layers from 0 at the base; nil for metadata.
    package let layer: Int?
    /// Whether it is a file of which no layer is known.
    let isAdrift: Bool
    /// The position in the history that a metadata field names; nil for other fields and for files.
    package let historyStep: Int?
    /// The bytes: where they start and how many they are.
    package let range: SafeText?
    package let createdBy: SafeText?
    package let persistence: Persistence
    package let removedByLayer: Int?
    package let removedBy: SafeText?
    package let origin: Origin

    convenience init(_ finding: Finding) {
        self.init(
            id: finding.id, location: finding.location, createdBy: finding.createdBy,
            persistence: finding.persistence, removal: finding.removedBy, origin: finding.origin)
    }

    convenience init(_ item: InventoryItem) {
        self.init(
            id: item.id, location: item.location, createdBy: item.createdBy, persistence: item.persistence,
            removal: item.removedBy, origin: item.origin)
    }

    private init(
        id: String, location: Location, createdBy: String?, persistence: Persistence, removal: Removal?,
        origin: Origin
    ) {
        self.id = id
        place = .cleaning(location.summary, limit: 600)
        self.location = location
        layer = location.layer?.index
        isAdrift = location.layer == nil && location.path != nil
        historyStep = location.config.flatMap(Self.historyStep)
        range = location.offset.map { offset in
            location.length.map { "bytes \(offset) to \(offset + max($0, 1) - 1)" } ?? "byte \(offset)"
        }
        self.createdBy = createdBy.map { .cleaning($0, limit: 600) }
        self.persistence = persistence
        removedByLayer = removal?.index
        removedBy = removal?.createdBy.map { .cleaning($0, limit: 600) }
        self.origin = origin
    }

    private static func historyStep(_ field: String) -> Int? {
        let parts = field.split(separator: "/")
        guard parts.count >= 2, parts[0] == "history" else { return nil }
        return Int(parts[1])
    }

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
        layer.map { "layer \($0)" } ?? (isAdrift ? "layer unknown" : "metadata")
    }

    /// Layer and fate together.
    package var standing: SafeText { layer.map { "layer \($0), \(fate)" } ?? fate }
}
