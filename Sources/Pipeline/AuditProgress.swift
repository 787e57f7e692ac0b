/// What happens during an audit, for whoever shows it to a person; its texts are cleaned, and their secrets masked.
package enum AuditProgress: Sendable {
    /// An image is being looked for.
    case opening(image: String)
    /// Its layers come next; `bytes` is what they have together, each layer once, as stored.
    case opened(image: String, platform: String, layers: Int, bytes: Int)
    /// How much of a layer's blob was read by now; told every so many bytes.
    case reading(layer: Int, bytes: Int)
    /// A layer was read, to its end or as far as it could be.
    case layerRead(LayerOutline)
}

/// What is said of a layer as soon as it was read.
package struct LayerOutline: Sendable {
    /// Counts the non-empty layers from 0 at the base, as reports do.
    package let index: Int
    package let digest: String
    /// Bytes as stored.
    package let bytes: Int
    package let findings: Int
    package let gaps: Int
    /// Whether what is in it is known from an image before it, or from an earlier run.
    package let isKnown: Bool
    /// Whether it lies at another place of the image as well, and was read there.
    package let isRepeated: Bool

    package init(
        index: Int, digest: String, bytes: Int, findings: Int, gaps: Int, isKnown: Bool = false,
        isRepeated: Bool = false
    ) {
        self.index = index
        self.digest = digest
        self.bytes = bytes
        self.findings = findings
        self.gaps = gaps
        self.isKnown = isKnown
        self.isRepeated = isRepeated
    }
}

/// Receives progress from several tasks at once.
package typealias ProgressObserver = @Sendable (AuditProgress) -> Void
