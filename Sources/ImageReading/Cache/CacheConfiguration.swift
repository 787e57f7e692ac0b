/// What BuildKit's cache configuration says of layers, as JSON has it.
///
/// Its records tell which build step each result is of, by digests from which nobody reads the step itself.
struct CacheConfiguration: Decodable {
    struct Layer: Decodable {
        let blob: String
        /// The position of the layer it lies upon; -1 for none.
        let parent: Int
        let annotations: Annotations?

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            blob = try container.decode(String.self, forKey: .blob)
            // BuildKit leaves out a zero, which is the first layer and not none.
            parent = try container.decodeIfPresent(Int.self, forKey: .parent) ?? 0
            annotations = try container.decodeIfPresent(Annotations.self, forKey: .annotations)
        }

        enum CodingKeys: String, CodingKey { case blob, parent, annotations }
    }

    struct Annotations: Decodable {
        let diffID: String?
        let createdAt: String?

        enum CodingKeys: String, CodingKey {
            case diffID = "diffid"
            case createdAt = "createdat"
        }
    }

    let layers: [Layer]?

    /// The document's own words, in which nobody hides anything.
    static let keys: Set<String> = [
        "layers", "records", "blob", "parent", "annotations", "mediaType", "diffID", "size", "createdAt",
        "digest", "inputs", "layer", "chains", "selector", "link", "output", "additional",
    ]
}
