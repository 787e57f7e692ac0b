/// What is known of the image as a whole; its identity is the manifest digest.
package struct ImageFacts: Hashable, Sendable, Codable {
    /// The image this one was built on, where that is known.
    package struct Base: Hashable, Sendable, Codable {
        /// What it is known by, the surest first.
        package enum Source: String, Codable, Sendable, CaseIterable {
            /// It was given and its layers were compared, so how many are the same is certain.
            case given
            /// The image's annotations name it; how many layers come from it is a guess from the history.
            case annotation
            /// The history looks as if another image's ended there.
            case history
        }

        package let name: String?
        package let digest: Digest?
        /// How many of the non-empty layers, from the bottom, come from it.
        package let layers: Int
        package let source: Source
        /// How many layers it has itself; nil where nobody looked.
        package let ownLayers: Int?

        package init(
            name: String?, digest: Digest?, layers: Int, source: Source, ownLayers: Int? = nil
        ) {
            self.name = name
            self.digest = digest
            self.layers = layers
            self.source = source
            self.ownLayers = ownLayers
        }
    }

    /// What it is; an image in all but name only where somebody can run it.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case image
        /// Layers that a builder keeps for its next build: of every stage, in no one stack, and without configuration.
        case buildCache = "build-cache"

        /// Whether there can be evidence of this class.
        package func has(_ evidence: EvidenceClass) -> Bool { self == .image || evidence != .configuration }
    }

    package var kind: Kind
    /// The reference as it was given.
    package var name: String
    /// The manifest's digest; for a docker-archive, which stores no manifest, that of the config (its image id).
    package var digest: Digest
    /// `linux/amd64`, `linux/arm/v7`.
    package var platform: String
    package var created: Instant?
    package var configDigest: Digest
    package var annotations: [String: String]
    package var base: Base?
    /// The environment it is for: `production`, `staging`; nil where nothing says.
    package var environment: String?
    /// The labels of its configuration; nil where nobody took them down.
    package var labels: [String: String]?
    /// The registry that it was read from, `registry.example.com:5000`; empty for one that was read from elsewhere, nil
    /// where nobody took it down.
    package var registry: String?

    package init(
        kind: Kind = .image, name: String, digest: Digest, platform: String, created: Instant?,
        configDigest: Digest,
        annotations: [String: String] = [:], base: Base? = nil
    ) {
        self.kind = kind
        self.name = name
        self.digest = digest
        self.platform = platform
        self.created = created
        self.configDigest = configDigest
        self.annotations = annotations
        self.base = base
    }
}
