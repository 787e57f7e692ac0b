/// What the manifest, the index and the configuration of an image say, as JSON has it.
///
/// Keys are compared in lower case, as the programs that run images do: `env` counts as `Env`.
enum Documents {
    struct Descriptor: Decodable {
        let mediaType: String?
        let digest: String
        let size: Int?
        let annotations: [String: String]?
        let platform: PlatformNames?
        let artifactType: String?
        /// Where a blob that is not stored with the image is to be had.
        var urls: [String]?

        enum CodingKeys: String, CodingKey {
            case mediaType = "mediatype"
            case digest, size, annotations, platform, urls
            case artifactType = "artifacttype"
        }
    }

    struct PlatformNames: Decodable {
        let os: String?
        let architecture: String?
        let variant: String?

        var platform: Platform? {
            guard let os, let architecture, Platform.isName(os), Platform.isName(architecture) else {
                return nil
            }
            return Platform(
                system: os, architecture: architecture,
                variant: variant.flatMap { Platform.isName($0) ? $0 : nil })
        }
    }

    /// An index has `manifests`, a manifest `config` and `layers`; what has both lies to somebody.
    struct Manifest: Decodable {
        let schemaVersion: Int?
        let mediaType: String?
        let config: Descriptor?
        let layers: [Descriptor]?
        let manifests: [Descriptor]?
        let annotations: [String: String]?
        let artifactType: String?
        /// What it says something of.
        let subject: Descriptor?

        enum CodingKeys: String, CodingKey {
            case schemaVersion = "schemaversion"
            case mediaType = "mediatype"
            case config, layers, manifests, annotations, subject
            case artifactType = "artifacttype"
        }
    }

    struct Layout: Decodable {
        let imageLayoutVersion: String

        enum CodingKeys: String, CodingKey { case imageLayoutVersion = "imagelayoutversion" }
    }

    /// One image of a docker-archive's `manifest.json`.
    struct ArchivedImage: Decodable {
        let config: String
        let repoTags: [String]?
        let layers: [String]?

        enum CodingKeys: String, CodingKey {
            case config
            case repoTags = "repotags"
            case layers
        }
    }

    struct Configuration: Decodable {
        let created: String?
        let author: String?
        let architecture: String?
        let os: String?
        let variant: String?
        let config: Settings?
        let rootfs: RootFilesystem?
        let history: [Step]?
    }

    struct Settings: Decodable {
        let user: String?
        let env: [String]?
        let labels: [String: String]?
        let cmd: [String]?
        let entrypoint: [String]?
        let healthcheck: Healthcheck?
        let workingDirectory: String?
        let exposedPorts: [String: Nothing]?
        let volumes: [String: Nothing]?
        let onBuild: [String]?
        let shell: [String]?
        let stopSignal: String?

        enum CodingKeys: String, CodingKey {
            case user, env, labels, cmd, entrypoint, healthcheck, volumes, shell
            case onBuild = "onbuild"
            case stopSignal = "stopsignal"
            case workingDirectory = "workingdir"
            case exposedPorts = "exposedports"
        }
    }

    struct Healthcheck: Decodable { let test: [String]? }

    /// A value that nobody looks at.
    struct Nothing: Decodable { init(from decoder: any Decoder) throws {} }

    struct RootFilesystem: Decodable {
        let diffIDs: [String]?

        enum CodingKeys: String, CodingKey { case diffIDs = "diff_ids" }
    }

    struct Step: Decodable {
        let created: String?
        let createdBy: String?
        let comment: String?
        let author: String?
        let emptyLayer: Bool?

        enum CodingKeys: String, CodingKey {
            case created
            case createdBy = "created_by"
            case comment, author
            case emptyLayer = "empty_layer"
        }
    }

    /// What an engine says of an image; the rest of it is in the configuration.
    struct EngineImage: Decodable {
        let id: String
        let rootfs: RootFilesystem?

        struct RootFilesystem: Decodable { let layers: [String]? }
    }

    /// What an engine says when it does not do what it is asked.
    struct EngineComplaint: Decodable { let message: String? }
}
