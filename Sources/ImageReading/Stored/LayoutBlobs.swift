internal import Archives
internal import Model

/// The blobs of an OCI image layout: `blobs/sha256/HEX`.
struct LayoutBlobs: BlobStore {
    let files: any ImageFiles

    func open(_ digest: Digest, size: Int?) throws(ImageError) -> any ByteSource {
        try files.open(name(digest))
    }

    func ordinal(of digest: Digest) -> Int? { files.ordinal(of: name(digest)) }

    private func name(_ digest: Digest) -> String { "blobs/sha256/\(digest.hex)" }
}
