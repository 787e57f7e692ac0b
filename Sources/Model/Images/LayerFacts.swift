/// One step of the image's history and the layer it made; a step that made none is `empty`.
///
/// For every layer: `bytesScanned` + the sum of `bytesSkipped` = `uncompressedSize`.
package struct LayerFacts: Hashable, Sendable, Codable {
    /// Bytes that were not scanned, for one reason.
    package struct Skipped: Hashable, Sendable, Codable {
        package let reason: GapReason
        package let bytes: Int
        package let entries: Int

        package init(reason: GapReason, bytes: Int, entries: Int) {
            self.reason = reason
            self.bytes = bytes
            self.entries = entries
        }
    }

    /// Counts the non-empty layers from 0 at the base; nil for a step that made no layer.
    package var index: Int?
    /// The position in the image's history, from 0; nil where the history has no entry for this layer.
    package var history: Int?
    /// The layer it lies upon, where that is told; in an image it is the one before.
    package var parent: Int?
    package var digest: Digest?
    package var diffID: Digest?
    package var mediaType: String?
    /// Bytes of the blob as stored.
    package var size: Int
    /// Bytes of the tar stream; 0 where it could not be read.
    package var uncompressedSize: Int
    /// When it was made, where that is told and the history does not tell it.
    package var created: Instant?
    /// The instruction as the history has it, secrets masked.
    package var createdBy: String?
    package var empty: Bool
    package var origin: Origin
    /// Entries of the tar stream.
    package var entries: Int
    package var bytesScanned: Int
    package var bytesSkipped: [Skipped]

    package init(
        index: Int?, history: Int?, parent: Int? = nil, digest: Digest? = nil, diffID: Digest? = nil,
        mediaType: String? = nil,
        size: Int = 0, uncompressedSize: Int = 0, created: Instant? = nil, createdBy: String?, origin: Origin,
        entries: Int = 0,
        bytesScanned: Int = 0, bytesSkipped: [Skipped] = []
    ) {
        self.index = index
        self.history = history
        self.parent = parent
        self.digest = digest
        self.diffID = diffID
        self.mediaType = mediaType
        self.size = size
        self.uncompressedSize = uncompressedSize
        self.created = created
        self.createdBy = createdBy
        empty = index == nil
        self.origin = origin
        self.entries = entries
        self.bytesScanned = bytesScanned
        self.bytesSkipped = bytesSkipped
    }
}
