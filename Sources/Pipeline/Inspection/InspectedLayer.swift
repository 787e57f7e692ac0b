import ImageReading
import Model

/// A layer of an image, and what was seen in it.
struct InspectedLayer: Sendable {
    let layer: LayerDescriptor
    var report: LayerReport

    /// What could not be read, told of this layer.
    var gaps: [Gap] {
        report.gaps.map {
            Gap(layer: layer.index, path: $0.path, reason: $0.reason, bytes: $0.bytes, detail: $0.detail)
        }
    }
}
