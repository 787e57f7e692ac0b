internal import Archives
internal import Model

/// Where the blobs of an image are had by their digest.
protocol BlobStore: Sendable {
    /// The bytes as stored; whoever reads them holds them against the digest, and against the size that is stated.
    func open(_ digest: Digest, size: Int?) throws(ImageError) -> any ByteSource
    /// The same for a manifest or an index, which registries keep apart from other blobs.
    func open(manifest: BlobDescriptor) throws(ImageError) -> any ByteSource
    /// Where a blob stands in a stream that is best read in its own order; nil where any order costs the same.
    func ordinal(of digest: Digest) -> Int?
    /// The registry that has them, as it is named; nil where they are had from elsewhere.
    var registry: String? { get }
}

extension BlobStore {
    func ordinal(of digest: Digest) -> Int? { nil }
    var registry: String? { nil }
    func open(manifest: BlobDescriptor) throws(ImageError) -> any ByteSource {
        try open(manifest.digest, size: manifest.size)
    }
}
