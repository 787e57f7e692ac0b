package import Archives
package import Model

/// Where the blobs of an image are had by their digest.
package protocol BlobStore: Sendable {
    func size(of digest: Digest) throws(ImageError) -> Int
    /// The bytes as stored; whoever reads them holds them against the digest.
    func open(_ digest: Digest) throws(ImageError) -> any ByteSource
}
