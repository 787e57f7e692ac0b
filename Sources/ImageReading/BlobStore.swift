package import Archives
package import Model

/// Where the blobs of an image are had by their digest.
package protocol BlobStore: Sendable {
    func size(of digest: Digest) throws(ImageError) -> Int
    /// The bytes as stored; whoever reads them holds them against the digest.
    func open(_ digest: Digest) throws(ImageError) -> any ByteSource
}

/// The blobs of an OCI image layout: `blobs/sha256/HEX`.
struct LayoutBlobs: BlobStore {
    let files: any ImageFiles

    func size(of digest: Digest) throws(ImageError) -> Int { try files.size(of: name(digest)) }

    func open(_ digest: Digest) throws(ImageError) -> any ByteSource { try files.open(name(digest)) }

    private func name(_ digest: Digest) -> String { "blobs/sha256/\(digest.hex)" }
}

/// The blobs of a docker-archive, which have whatever names its manifest gives them.
struct NamedBlobs: BlobStore {
    let files: any ImageFiles
    let names: [Digest: String]

    func size(of digest: Digest) throws(ImageError) -> Int { try files.size(of: name(digest)) }

    func open(_ digest: Digest) throws(ImageError) -> any ByteSource { try files.open(name(digest)) }

    private func name(_ digest: Digest) throws(ImageError) -> String {
        guard let name = names[digest] else {
            throw ImageError(.notFound, at: digest.text, "blob is not in the archive")
        }
        return name
    }
}
