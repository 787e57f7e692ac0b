package import Archives
package import Model

/// What a layer turned out to hold, counted while it was read.
///
/// Of a layer that was read whole, and whose headers were shown, `accounted` is `uncompressedSize`.
package struct LayerTotals: Hashable, Sendable {
    /// Something odd about an entry that could be read all the same.
    package struct Warning: Hashable, Sendable {
        package let path: EntryPath
        package let text: String
    }

    /// Why an entry could not be read, and behind which other it stands.
    package struct Refusal: Hashable, Sendable {
        package let behind: EntryPath?
        package let text: String
    }

    package var compression = Compression.none
    /// Bytes of the blob as stored.
    package var blobSize = 0
    /// Bytes of the tar stream to its very end.
    package var uncompressedSize = 0
    /// Bytes of the tar stream that were read as content of entries.
    package var contentBytes = 0
    /// Bytes of the tar stream that were shown as headers and padding.
    package var headerBytes = 0
    package var entries = 0
    /// Bytes behind the tar stream's end mark, where no program looks; 0 where they are all zeros.
    package var bytesAfterEnd = 0
    /// Zeros behind that mark.
    package var zerosAfterEnd = 0
    /// How much of either was read by somebody.
    package var shownAfterEnd = 0
    /// What was odd about entries, from the first on; bounded, because a hostile layer may have one for each.
    package var warnings: [Warning] = []

    /// Entries that could not be read and were passed over, from the first on; bounded too.
    package var refusals: [Refusal] = []

    package init() {}

    /// Bytes that somebody was shown, or that were seen to be zeros behind the end.
    package var accounted: Int { contentBytes + headerBytes + max(zerosAfterEnd, shownAfterEnd) }
}
