/// One entry of an image configuration's history.
struct HistoryEntry: Sendable, Encodable {
    let created: String?
    let createdBy: String?
    let comment: String?
    let emptyLayer: Bool?

    enum CodingKeys: String, CodingKey {
        case created
        case createdBy = "created_by"
        case comment
        case emptyLayer = "empty_layer"
    }
}
