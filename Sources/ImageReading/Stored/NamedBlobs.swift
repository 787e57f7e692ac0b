internal import Archives
internal import Model

/// The blobs of a docker-archive, which have whatever names its manifest gives them.
struct NamedBlobs: BlobStore {
    let files: any ImageFiles
    let names: [Digest: String]

    func open(_ digest: Digest, size: Int?) throws(ImageError) -> any ByteSource {
        try files.open(name(digest))
    }

    func ordinal(of digest: Digest) -> Int? { names[digest].flatMap { files.ordinal(of: $0) } }

    private func name(_ digest: Digest) throws(ImageError) -> String {
        guard let name = names[digest] else {
            throw ImageError(.notFound, at: digest.text, "blob is not in the archive")
        }
        return name
    }
}
