internal import Model

/// Indexes, the manifests they lead to, and the images that those make, wherever their blobs are.
struct ManifestTree {
    private static let indexDepthLimit = 4
    private static let manifestLimit = 1_000

    let blobs: any BlobStore

    /// The images among `found` that `reference` and `selection` mean.
    func images(
        _ found: [ImageCandidate], _ selection: PlatformSelection, _ reference: ImageReference
    ) throws(ImageError) -> [Image] {
        let candidates = try withPlatforms(Self.unique(found))
        var images: [Image] = []
        for candidate in try ImageCandidate.select(candidates, selection, reference) {
            images.append(try image(candidate, name: reference.text))
        }
        return images
    }

    /// Follows indexes down to manifests.
    func collect(
        _ document: Documents.Descriptor, tags: [String], depth: Int = 0, into found: inout [ImageCandidate],
        at place: String
    ) throws(ImageError) {
        guard !Self.isAttestation(document) else { return }
        let descriptor = try BlobDescriptor(document, at: place)
        guard Self.isIndex(descriptor.mediaType) else {
            found.append(
                ImageCandidate(manifest: descriptor, platform: document.platform?.platform, tags: tags))
            guard found.count <= Self.manifestLimit else {
                throw ImageError(.tooLarge, at: place, "index leads to too many manifests")
            }
            return
        }
        guard depth < Self.indexDepthLimit else {
            throw ImageError(.tooLarge, at: place, "indexes nest deeper than \(Self.indexDepthLimit) levels")
        }
        let index = try manifest(descriptor)
        guard index.layers == nil, index.config == nil, let manifests = index.manifests else {
            throw ImageError(.malformedDocument, at: descriptor.digest.text, "index is none")
        }
        for inner in manifests {
            try collect(
                inner, tags: tags, depth: depth + 1, into: &found, at: descriptor.digest.text)
        }
    }

    /// What says something of an image without being one; but what claims a real platform is taken at its word.
    private static func isAttestation(_ document: Documents.Descriptor) -> Bool {
        if let platform = document.platform?.platform { return platform.isUnknown }
        return document.artifactType != nil || document.annotations?["vnd.docker.reference.type"] != nil
    }

    private static func isIndex(_ mediaType: String) -> Bool {
        mediaType == "application/vnd.oci.image.index.v1+json"
            || mediaType == "application/vnd.docker.distribution.manifest.list.v2+json"
    }

    private static func unique(_ candidates: [ImageCandidate]) -> [ImageCandidate] {
        var seen: Set<Digest> = []
        return candidates.filter { seen.insert($0.manifest.digest).inserted }
    }

    /// Asks the configuration where the index is silent; what then is no image is left out, unless it is all there is.
    private func withPlatforms(_ candidates: [ImageCandidate]) throws(ImageError) -> [ImageCandidate] {
        guard candidates.count > 1 || candidates.first?.platform == nil else { return candidates }
        var result: [ImageCandidate] = []
        for var candidate in candidates {
            if candidate.platform == nil {
                do throws(ImageError) {
                    candidate.platform = try image(candidate, name: "").platform
                } catch  where error.code == .notAnImage && candidates.count > 1 {
                    continue
                }
            }
            result.append(candidate)
        }
        return result
    }

    private func manifest(_ descriptor: BlobDescriptor) throws(ImageError) -> Documents.Manifest {
        let bytes = try DocumentReader.bytes(manifest: descriptor, in: blobs)
        return try DocumentReader.decode(
            bytes, as: Documents.Manifest.self, at: descriptor.digest.text)
    }

    private func image(_ candidate: ImageCandidate, name: String) throws(ImageError) -> Image {
        let place = candidate.manifest.digest.text
        let manifest = try manifest(candidate.manifest)
        guard manifest.manifests == nil, let layers = manifest.layers else {
            throw ImageError(.malformedDocument, at: place, "manifest is not that of an image")
        }
        guard let config = manifest.config else {
            throw ImageError(.notAnImage, at: place, "manifest has no configuration")
        }
        let descriptor = try BlobDescriptor(config, at: place)
        var blobsOfLayers: [BlobDescriptor] = []
        for layer in layers { blobsOfLayers.append(try BlobDescriptor(layer, at: place)) }
        return try Image.assemble(
            name: name, digest: candidate.manifest.digest, annotations: manifest.annotations ?? [:],
            config: descriptor, configBytes: try DocumentReader.bytes(descriptor, in: blobs),
            layers: blobsOfLayers, blobs: blobs)
    }
}
