package import Archives
package import Model

/// What a layer turned out to hold, counted while it was read.
///
/// `contentBytes` + `overheadBytes` = `uncompressedSize`.
package struct LayerTotals: Hashable, Sendable {
    /// Something odd about an entry that could be read all the same.
    package struct Warning: Hashable, Sendable {
        package let path: EntryPath
        package let text: String
    }

    package var compression = Compression.none
    /// Bytes of the blob as stored.
    package var blobSize = 0
    /// Bytes of the tar stream to its very end.
    package var uncompressedSize = 0
    /// Bytes of the tar stream that are content of entries.
    package var contentBytes = 0
    package var entries = 0
    /// Bytes behind the tar stream's end mark, where no program looks; 0 where they are all zeros.
    package var bytesAfterEnd = 0
    /// What was odd about entries, from the first on; bounded, because a hostile layer may have one for each.
    package var warnings: [Warning] = []

    package init() {}

    /// Headers, padding and what follows the last entry.
    package var overheadBytes: Int { uncompressedSize - contentBytes }
}
