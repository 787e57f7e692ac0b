internal import Model

/// Indexes, the manifests they lead to, and the images that those make, wherever their blobs are.
struct ManifestTree {
    private static let indexDepthLimit = 4
    private static let manifestLimit = 1_000
    /// How many bytes of text the documents of all images may have: as those of a thousand honest ones.
    private static let textLimit = 16 << 20

    let blobs: any BlobStore

    /// The images among `found` that `reference` and `selection` mean, each with what lies beside it.
    func images(
        _ found: [ImageCandidate], _ selection: PlatformSelection, _ reference: ImageReference
    ) throws(ImageError) -> [Image] {
        var resolved: [ImageCandidate] = []
        for candidate in Self.unique(found) { resolved.append(try self.resolved(candidate)) }
        let candidates = resolved.filter(\.isWanted)
        guard !candidates.isEmpty || resolved.isEmpty else {
            throw ImageError(
                .notAnImage, at: reference.text, "there is no image in it",
                underlying: "it holds \(ImageCandidate.list(resolved.map(\.noun)))")
        }
        var images: [Image] = []
        var room = Self.textLimit
        let companions = Self.companions(among: resolved)
        for candidate in try ImageCandidate.select(candidates, selection, reference) {
            var image = try image(candidate, name: reference.text)
            room -= image.configuration.fields.reduce(0) { $0 + $1.text.utf8.count }
            guard room >= 0 || images.isEmpty else {
                throw ImageError(
                    .tooLarge, at: reference.text,
                    "documents of its images have more than \(Self.textLimit >> 20) MiB together",
                    underlying: "name one by --platform or by @DIGEST")
            }
            image.attach(companions)
            images.append(image)
        }
        return images
    }

    /// What is no image; of what says something of one that is not here, nobody can tell which it belongs to.
    private static func companions(among candidates: [ImageCandidate]) -> [ImageCandidate] {
        let here = Set(candidates.filter(\.isWanted).map(\.manifest.digest))
        return candidates.filter { !$0.isWanted }.map { candidate in
            var candidate = candidate
            if let subject = candidate.subject, !here.contains(subject) { candidate.subject = nil }
            return candidate
        }
    }

    /// Follows indexes down to manifests, and to what is none.
    func collect(
        _ document: Documents.Descriptor, tags: [String], text: [[ImageConfiguration.Field]] = [],
        depth: Int = 0, into found: inout [ImageCandidate], at place: String
    ) throws(ImageError) {
        let descriptor = try BlobDescriptor(document, at: place)
        var candidate = ImageCandidate(
            manifest: descriptor, platform: document.platform?.platform, tags: tags,
            role: Self.role(document), subject: Self.subject(document, tags), text: text)
        if ArtifactType.isIndex(descriptor.mediaType) {
            let (index, bytes) = try manifest(descriptor)
            guard index.layers == nil, index.config == nil, let manifests = index.manifests else {
                throw ImageError(.malformedDocument, at: descriptor.digest.text, "index is none")
            }
            guard BuildCache.isDescribed(by: manifests) else {
                guard depth < Self.indexDepthLimit else {
                    throw ImageError(
                        .tooLarge, at: place, "indexes nest deeper than \(Self.indexDepthLimit) levels")
                }
                let place = descriptor.digest.text
                let told = try DocumentText(bytes, at: place)
                    .ofIndex(in: "Index/\(descriptor.digest.short)", at: place)
                for (inner, ofInner) in zip(manifests, told.entries) {
                    try collect(
                        inner, tags: tags, text: text + [told.own, ofInner], depth: depth + 1, into: &found,
                        at: place)
                }
                return
            }
            candidate.role = .buildCache
            candidate.platform = .unknown
        }
        found.append(candidate)
        guard found.count <= Self.manifestLimit else {
            throw ImageError(.tooLarge, at: place, "index leads to too many manifests")
        }
    }

    /// What an index says that a manifest is; but what claims a real platform is taken at its word.
    private static func role(_ document: Documents.Descriptor) -> ImageCandidate.Role {
        let platform = document.platform?.platform
        if let platform, !platform.isUnknown { return .image }
        if document.annotations?["vnd.docker.reference.type"] != nil { return .attestation }
        let mediaType = document.mediaType ?? ""
        // What an index calls an artifact may be an image all the same; the manifest tells.
        return ArtifactType.isManifest(mediaType) ? .image : .artifact(mediaType)
    }

    /// The image that BuildKit's annotation names, or the tag under which cosign stores what it says of one.
    private static func subject(_ document: Documents.Descriptor, _ tags: [String]) -> Digest? {
        if let digest = document.annotations?["vnd.docker.reference.digest"] { return Digest(digest) }
        return tags.lazy.compactMap { tag -> Digest? in
            let parts = tag.split(separator: ".")
            guard parts.count == 2, ["sig", "att", "sbom"].contains(parts[1]) else { return nil }
            return Digest(String(parts[0]).replacing("sha256-", with: "sha256:"))
        }.first
    }

    private static func unique(_ candidates: [ImageCandidate]) -> [ImageCandidate] {
        var unique: [ImageCandidate] = []
        var positions: [Digest: Int] = [:]
        for candidate in candidates {
            if let position = positions[candidate.manifest.digest] {
                unique[position].text += candidate.text.suffix(1)
            } else {
                positions[candidate.manifest.digest] = unique.count
                unique.append(candidate)
            }
        }
        return unique
    }

    /// Asks manifest and configuration where the index is silent, or says that it is for no platform: an image may be.
    private func resolved(_ candidate: ImageCandidate) throws(ImageError) -> ImageCandidate {
        guard candidate.role == .image, candidate.platform?.isUnknown ?? true else { return candidate }
        var candidate = candidate
        do throws(ImageError) {
            let image = try image(candidate, name: "")
            candidate.platform = candidate.platform ?? image.platform
            if image.kind == .buildCache { candidate.role = .buildCache }
        } catch  where candidate.platform != nil {
            candidate.role = .artifact("a manifest for no platform (unknown/unknown)")
        } catch  where error.code == .notAnImage {
            let manifest = try manifest(candidate.manifest).document
            candidate.role = .artifact(ArtifactType.of(manifest))
            candidate.subject = manifest.subject.flatMap { Digest($0.digest) } ?? candidate.subject
        }
        return candidate
    }

    private func manifest(
        _ descriptor: BlobDescriptor
    ) throws(ImageError) -> (document: Documents.Manifest, bytes: [UInt8]) {
        let bytes = try DocumentReader.bytes(manifest: descriptor, in: blobs)
        let document = try DocumentReader.decode(
            bytes, as: Documents.Manifest.self, at: descriptor.digest.text)
        return (document, bytes)
    }

    private func image(_ candidate: ImageCandidate, name: String) throws(ImageError) -> Image {
        let place = candidate.manifest.digest.text
        let (manifest, bytes) = try manifest(candidate.manifest)
        var image = try image(manifest, candidate, name: name)
        image.configuration.otherText +=
            try DocumentText(bytes, at: place).ofManifest + candidate.text.joined()
        return image
    }

    private func image(
        _ manifest: Documents.Manifest, _ candidate: ImageCandidate, name: String
    ) throws(ImageError) -> Image {
        let place = candidate.manifest.digest.text
        if let cache = try BuildCache(manifest, at: place) {
            return try cache.image(name: name, digest: candidate.manifest.digest, blobs: blobs)
        }
        guard manifest.manifests == nil, let layers = manifest.layers else {
            throw ImageError(.malformedDocument, at: place, "manifest is not that of an image")
        }
        guard let config = manifest.config else {
            throw ImageError(.notAnImage, at: place, "manifest has no configuration")
        }
        let descriptor = try BlobDescriptor(config, at: place)
        var blobsOfLayers: [BlobDescriptor] = []
        for layer in layers { blobsOfLayers.append(try BlobDescriptor(layer, at: place)) }
        let image: Image
        do throws(ImageError) {
            image = try Image.assemble(
                name: name, digest: candidate.manifest.digest, annotations: manifest.annotations ?? [:],
                config: descriptor, configBytes: try DocumentReader.bytes(descriptor, in: blobs),
                layers: blobsOfLayers, blobs: blobs)
        } catch  where !ArtifactType.isImageConfiguration(descriptor.mediaType) {
            throw Self.artifact(manifest, at: place)
        }
        // Signatures have a configuration like that of an image, but layers that are none, and no platform.
        let isSigned = !image.layers.isEmpty && image.layers.allSatisfy { $0.kind == .unsupported }
        guard candidate.platform?.isUnknown == false || !image.platform.isUnknown || !isSigned else {
            throw Self.artifact(manifest, at: place)
        }
        return image
    }

    private static func artifact(_ manifest: Documents.Manifest, at place: String) -> ImageError {
        let noun = ArtifactType.noun(of: ArtifactType.of(manifest))
        return ImageError(.notAnImage, at: place, "this is \(noun) and no image")
    }
}
