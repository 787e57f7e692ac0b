internal import Model

/// Images in registries, by the OCI distribution API.
///
/// # How it works
/// The reference becomes a ``RegistryName``; a ``RegistrySession`` finds out how the registry is reached and as whom;
/// the ``RegistryManifest`` that the name stands for is fetched and held against its digest, and from there on the
/// image is read as any other (``ManifestTree``), with ``RegistryBlobs`` for its blobs.
struct RegistryImages {
    let session: RegistrySession

    init(_ reference: ImageReference, _ connection: ConnectionOptions, retry: RetryPolicy = RetryPolicy())
        throws(ImageError)
    {
        session = RegistrySession(try RegistryName(reference), connection, retry: retry)
    }

    /// The images that `reference` and `selection` mean.
    func images(_ reference: ImageReference, _ selection: PlatformSelection) throws(ImageError) -> [Image] {
        let root: RegistryManifest
        do throws(ImageError) {
            root = try RegistryManifest.fetch(session.name.version, from: session, at: reference.text)
        } catch {
            throw RegistryTags.adding(to: error, from: session)
        }
        let tree = ManifestTree(blobs: RegistryBlobs(session: session, root: root))
        let document = Documents.Descriptor(
            mediaType: root.type.rawValue, digest: root.digest.text, size: root.bytes.count, annotations: nil,
            platform: nil, artifactType: nil)
        var found: [ImageCandidate] = []
        try tree.collect(document, tags: [], into: &found, at: reference.text)
        return try tree.images(found, selection, reference)
    }
}
