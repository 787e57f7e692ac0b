/// Describes one image, step by step as a Dockerfile does; `ImageBundle` writes it.
package struct ImageBuilder: Sendable {
    /// One entry of the history, with its layer unless it made none.
    package struct Step: Sendable {
        let history: HistoryEntry
        let layer: Layer?
    }

    enum Layer: Sendable {
        case built(LayerBuilder, LayerCompression)
        case raw(RawLayer)
    }

    package var platform: ImagePlatform
    /// RFC 3339; also the time of steps that give none.
    package var created: String?
    package var author: String?
    package var runtime = RuntimeConfiguration()
    /// Annotations of the manifest.
    package var annotations: [String: String] = [:]
    /// Whether the configuration has a history at all; some builders write none.
    package var hasHistory = true
    package private(set) var steps: [Step] = []

    /// Changes the configuration after it was made, for tests that need a damaged one.
    package var editConfiguration: (@Sendable ([UInt8]) -> [UInt8])?

    package init(platform: ImagePlatform = ImagePlatform(), created: String? = nil) {
        self.platform = platform
        self.created = created
    }

    /// Adds a step that made `layer`.
    package mutating func layer(
        _ layer: LayerBuilder, createdBy: String?, created: String? = nil, comment: String? = nil,
        compression: LayerCompression = .gzip
    ) {
        steps.append(
            Step(history: entry(createdBy, created, comment, empty: false), layer: .built(layer, compression))
        )
    }

    /// Adds a step whose layer is exactly these bytes.
    package mutating func layer(
        raw layer: RawLayer, createdBy: String?, created: String? = nil, comment: String? = nil
    ) {
        steps.append(Step(history: entry(createdBy, created, comment, empty: false), layer: .raw(layer)))
    }

    /// Adds a step that made no layer: `ENV`, `CMD`, `USER`.
    package mutating func emptyStep(createdBy: String, created: String? = nil, comment: String? = nil) {
        steps.append(Step(history: entry(createdBy, created, comment, empty: true), layer: nil))
    }

    private func entry(
        _ createdBy: String?, _ created: String?, _ comment: String?, empty: Bool
    ) -> HistoryEntry {
        HistoryEntry(
            created: created ?? self.created, createdBy: createdBy, comment: comment,
            emptyLayer: empty ? true : nil)
    }
}
