internal import Archives
internal import HTTP
internal import Model

/// The blobs and manifests of one repository of a registry.
struct RegistryBlobs: BlobStore {
    let session: RegistrySession
    /// What was asked for by name, which need not be fetched twice.
    let root: RegistryManifest

    var registry: String? { session.name.host }

    func open(_ digest: Digest, size: Int?) throws(ImageError) -> any ByteSource {
        try ResumingSource.open(digest, size: size, from: session)
    }

    func open(manifest: BlobDescriptor) throws(ImageError) -> any ByteSource {
        if manifest.digest == root.digest { return MemoryByteSource(root.bytes) }
        let digest = manifest.digest.text
        let found = try RegistryManifest.fetch(digest, from: session, at: digest)
        guard manifest.mediaType.isEmpty || manifest.mediaType == found.type.rawValue else {
            throw ImageError(
                .malformedDocument, at: digest, "manifest has another type than the index states")
        }
        return MemoryByteSource(found.bytes)
    }
}
