internal import Model

/// An OCI image layout, in a folder or in a tar file.
struct ImageLayout {
    private static let indexDepthLimit = 4
    private static let manifestLimit = 1_000

    let files: any ImageFiles
    private var blobs: LayoutBlobs { LayoutBlobs(files: files) }

    /// The images that `reference` and `selection` mean.
    func images(_ reference: ImageReference, _ selection: PlatformSelection) throws(ImageError) -> [Image] {
        try checkVersion()
        let place = "\(files.place): index.json"
        let bytes = try DocumentReader.bytes(try files.open("index.json"), at: place)
        let index = try DocumentReader.decode(bytes, as: Documents.Manifest.self, at: place)
        guard let manifests = index.manifests else {
            throw ImageError(.malformedDocument, at: place, "index has no manifests")
        }
        var found: [ImageCandidate] = []
        for document in try tagged(manifests, reference) {
            try collect(document, tags: Self.tags(document), depth: 0, into: &found, at: place)
        }
        if let digest = reference.digest {
            found = found.filter { $0.manifest.digest == digest }
            guard !found.isEmpty else {
                throw ImageError(.notFound, at: reference.text, "no image has this digest")
            }
        }
        let candidates = try withPlatforms(Self.unique(found))
        var images: [Image] = []
        for candidate in try ImageCandidate.select(candidates, selection, reference) {
            images.append(try image(candidate, name: reference.text))
        }
        return images
    }

    private func checkVersion() throws(ImageError) {
        guard files.contains("oci-layout") else { return }
        let place = "\(files.place): oci-layout"
        let bytes = try DocumentReader.bytes(try files.open("oci-layout"), at: place)
        let layout = try DocumentReader.decode(bytes, as: Documents.Layout.self, at: place)
        guard layout.imageLayoutVersion.hasPrefix("1.") else {
            throw ImageError(
                .unsupported, at: place, "image layouts of version \(layout.imageLayoutVersion) are not read")
        }
    }

    private func tagged(_ manifests: [Documents.Descriptor], _ reference: ImageReference)
        throws(ImageError) -> [Documents.Descriptor]
    {
        guard let tag = reference.tag else { return manifests }
        let matching = manifests.filter { Self.tags($0).contains(tag) }
        guard !matching.isEmpty else {
            let tags = manifests.flatMap { Self.tags($0) }
            throw ImageError(
                .notFound, at: reference.text, "no image has the tag \(tag)",
                underlying: tags.isEmpty ? "none has any" : "there are \(ImageCandidate.list(tags))")
        }
        return matching
    }

    private static func tags(_ document: Documents.Descriptor) -> [String] {
        ["org.opencontainers.image.ref.name", "io.containerd.image.name"].compactMap {
            document.annotations?[$0]
        }
    }

    /// Follows indexes down to manifests.
    private func collect(
        _ document: Documents.Descriptor, tags: [String], depth: Int, into found: inout [ImageCandidate],
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
        let bytes = try DocumentReader.bytes(descriptor, in: blobs)
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
