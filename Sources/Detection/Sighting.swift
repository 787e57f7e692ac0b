package import Model

/// What a detector saw in one file or metadata field: all of a finding or inventory item that does not need the layer.
package enum Sighting: Hashable, Sendable, Codable {
    case finding(SightedFinding)
    case item(SightedItem)

    package var place: SightedPlace {
        get {
            switch self {
            case .finding(let finding): finding.place
            case .item(let item): item.place
            }
        }
        set {
            switch self {
            case .finding(var finding):
                finding.place = newValue
                self = .finding(finding)
            case .item(var item):
                item.place = newValue
                self = .item(item)
            }
        }
    }

    /// What it quotes from the image: of an item its title and what is noted of it.
    package var quotations: [String] {
        guard case .item(let item) = self else { return [] }
        return [item.title]
            + item.attributes.values.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    /// The same with its quotations changed.
    package func quoting(_ change: (String) -> String) -> Sighting {
        guard case .item(var item) = self else { return self }
        item.title = change(item.title)
        item.attributes = item.attributes.mapValues { value in
            guard case .text(let text) = value else { return value }
            return .text(change(text))
        }
        return .item(item)
    }

    /// Whether it is a private key in the inventory.
    var isKey: Bool { if case .item(let item) = self { item.type == .key } else { false } }

    /// The id of the detector that saw it.
    package var detector: String {
        switch self {
        case .finding(let finding): finding.detector
        case .item(let item): item.detector
        }
    }
}

/// Something wrong, as a detector saw it.
package struct SightedFinding: Hashable, Sendable, Codable {
    package var detector: String
    package var rule: String
    package var kind: FindingKind
    package var title: String
    package var severity: Severity
    package var confidence: Confidence
    /// What that rests on.
    package var bases: [ConfidenceBasis] = []
    package var place: SightedPlace
    /// Nil where the finding is no secret.
    package var fingerprint: Fingerprint?
    package var preview: Redacted?
    package var attributes: [String: AttributeValue]
    /// How many bytes the secret itself has; nil where as many as the place.
    package var secretLength: Int?

    /// The same as something that is there, and not wrong.
    package func listed(as type: InventoryType, title: String) -> SightedItem {
        SightedItem(detector: detector, type: type, title: title, place: place, attributes: attributes)
    }
}

/// Something that is an identity or grants trust, as a detector saw it.
package struct SightedItem: Hashable, Sendable, Codable {
    package var detector: String
    package var type: InventoryType
    package var title: String
    package var place: SightedPlace
    package var attributes: [String: AttributeValue]
}

/// Where in the file or metadata field at hand it was seen.
package struct SightedPlace: Hashable, Sendable, Codable {
    /// From 1; nil where lines mean nothing.
    package var line: Int?
    /// From 1, in bytes.
    package var column: Int?
    /// From 0, in bytes; nil where it is about the file as a whole.
    package var offset: Int?
    /// In bytes.
    package var length: Int?
    /// What was opened inside the file to get there, outermost first.
    package var within: [String] = []
    /// The metadata field; nil in a file.
    package var config: String?
}
