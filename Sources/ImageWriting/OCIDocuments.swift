/// The image configuration of the OCI image specification.
struct ConfigurationDocument: Encodable {
    struct RootFS: Encodable {
        let type = "layers"
        let diffIDs: [String]

        enum CodingKeys: String, CodingKey {
            case type
            case diffIDs = "diff_ids"
        }
    }

    let architecture: String
    let os: String
    let variant: String?
    let author: String?
    let created: String?
    let config: RuntimeConfiguration
    let history: [HistoryEntry]?
    let rootfs: RootFS
}

/// Points at a blob.
struct Descriptor: Encodable {
    var mediaType: String
    var digest: String
    var size: Int
    var platform: ImagePlatform?
    var annotations: [String: String]?
}

struct ManifestDocument: Encodable {
    static let mediaType = "application/vnd.oci.image.manifest.v1+json"

    let schemaVersion = 2
    let mediaType = Self.mediaType
    let config: Descriptor
    let layers: [Descriptor]
    let annotations: [String: String]?
}

struct IndexDocument: Encodable {
    static let mediaType = "application/vnd.oci.image.index.v1+json"

    let schemaVersion = 2
    let mediaType = Self.mediaType
    let manifests: [Descriptor]
}

struct LayoutDocument: Encodable {
    let imageLayoutVersion = "1.0.0"
}

/// One image in the `manifest.json` of a docker-archive.
struct DockerArchiveImage: Encodable {
    let config: String
    let repoTags: [String]?
    let layers: [String]
    var layerSources: [String: Descriptor]?

    enum CodingKeys: String, CodingKey {
        case config = "Config"
        case repoTags = "RepoTags"
        case layers = "Layers"
        case layerSources = "LayerSources"
    }
}

/// The `json` file in a layer's folder of an old docker-archive.
struct LegacyLayerDocument: Encodable {
    let id: String
    let parent: String?
    let created: String
    let os: String
    let config: RuntimeConfiguration?
}
