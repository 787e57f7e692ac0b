/// An identity artifact or something that grants trust or privilege, compliant or not: what the image has, not what is wrong.
package struct InventoryItem: Hashable, Sendable, Codable {
    /// A UUIDv5 of type, location and title.
    package var id: String
    package var detector: String
    package var type: InventoryType
    package var title: String
    package var location: Location
    package var createdBy: String?
    package var persistence: Persistence
    package var removedBy: Removal?
    package var origin: Origin
    package var attributes: [String: AttributeValue]

    package init(
        id: String, detector: String, type: InventoryType, title: String, location: Location,
        createdBy: String? = nil, persistence: Persistence, removedBy: Removal? = nil, origin: Origin,
        attributes: [String: AttributeValue] = [:]
    ) {
        self.id = id
        self.detector = detector
        self.type = type
        self.title = title
        self.location = location
        self.createdBy = createdBy
        self.persistence = persistence
        self.removedBy = removedBy
        self.origin = origin
        self.attributes = attributes
    }

    // In the order of the document, so that nothing of it is moved to get there.
    private enum CodingKeys: String, CodingKey {
        case attributes, createdBy, detector, id, location, origin, persistence, removedBy, title, type
    }
}
