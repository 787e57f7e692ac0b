extension ArchiveReader {
    /// Which formats may be recognised; the rest is refused.
    package enum Format: Hashable, Sendable {
        /// A layer: tar, not compressed.
        case tar
        /// Any archive or single compressed file that we open.
        case any
        /// One stream compressed like this, whatever it holds.
        case compressedStream(Compression)
    }
}
