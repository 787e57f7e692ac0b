internal import Archives
internal import Model

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
