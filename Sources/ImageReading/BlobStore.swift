internal import Archives
internal import Model

/// Where the blobs of an image are had by their digest.
protocol BlobStore: Sendable {
    /// The bytes as stored; whoever reads them holds them against the digest.
    func open(_ digest: Digest) throws(ImageError) -> any ByteSource
}
