internal import Archives
internal import Cryptography
internal import Model

/// What `docker save` and `skopeo copy docker-archive:` write: `manifest.json`, and blobs under any names.
struct DockerArchive {
    private static let layerMediaType = "application/vnd.docker.image.rootfs.diff.tar"
    private static let configMediaType = "application/vnd.docker.container.image.v1+json"

    let files: any ImageFiles

    /// The images that `reference` and `selection` mean.
    func images(_ reference: ImageReference, _ selection: PlatformSelection) throws(ImageError) -> [Image] {
        let documents = try tagged(try manifest(), reference)
        var images: [Image] = []
        var candidates: [ImageCandidate] = []
        for document in documents {
            let image = try image(document, name: reference.text)
            guard reference.digest == nil || reference.digest == image.digest else { continue }
            guard !images.contains(where: { $0.digest == image.digest }) else { continue }
            images.append(image)
            candidates.append(
                ImageCandidate(
                    manifest: BlobDescriptor(digest: image.digest, size: nil, mediaType: ""),
                    platform: image.platform, tags: document.repoTags ?? []))
        }
        try refuseSharedTags(candidates, selection, reference)
        let chosen = try ImageCandidate.select(candidates, selection, reference)
        return images.filter { image in chosen.contains { $0.manifest.digest == image.digest } }
    }

    /// Engines that load such an archive give the tag to the first of them or to the last, and hide the other.
    private func refuseSharedTags(
        _ candidates: [ImageCandidate], _ selection: PlatformSelection, _ reference: ImageReference
    ) throws(ImageError) {
        guard selection != .all else { return }
        var owners: [String: ImageCandidate] = [:]
        for candidate in candidates {
            for tag in Set(candidate.tags.map(DockerName.normalised)).sorted() {
                guard let owner = owners.updateValue(candidate, forKey: tag) else { continue }
                guard owner.platform == candidate.platform else { continue }
                throw ImageError(
                    .ambiguous, at: reference.text,
                    "several images with the tag \(tag), of which none is meant more",
                    underlying: "name one by @DIGEST, or take all with `--platform all`; they are "
                        + ImageCandidate.list([owner, candidate].map(\.manifest.digest.text)))
            }
        }
    }

    /// Throws where `manifest.json` gives what `reference` names to an image of the same platform that is none of `images`.
    func refuseOthers(than images: [Image], _ reference: ImageReference) throws(ImageError) {
        // A digest says which is meant; what is no such list is one to nobody.
        guard reference.digest == nil, let documents = try? manifest() else { return }
        let known = Set(images.map(\.configDigest))
        // Each once, however often it is listed.
        for config in Set(meant(documents, reference).map(\.config)).sorted() where files.contains(config) {
            let place = "\(files.place): \(config)"
            let bytes = try DocumentReader.bytes(try files.open(config), at: place)
            let digest = Digest(sha256: SHA256Hasher.hash(bytes))
            guard !known.contains(digest),
                let stored = try? DocumentReader.decode(bytes, as: Documents.Configuration.self, at: place),
                images.contains(where: { $0.platform == stored.platform })
            else { continue }
            throw ImageError(
                .ambiguous, at: reference.text,
                "its manifest.json tells of another image than its index.json",
                underlying:
                    "oci-archive: or docker-archive: before the path says which is meant; the other is "
                    + digest.text)
        }
    }

    /// Those that `reference` may mean; a tag may stand for the whole name, as it does in an index.
    private func meant(
        _ documents: [Documents.ArchivedImage], _ reference: ImageReference
    ) -> [Documents.ArchivedImage] {
        if let tagged = try? tagged(documents, reference) { return tagged }
        return documents.filter { document in
            let tags = document.repoTags ?? []
            return tags.isEmpty || tags.contains { $0.hasSuffix(":\(reference.tag ?? "")") }
        }
    }

    private func manifest() throws(ImageError) -> [Documents.ArchivedImage] {
        let place = "\(files.place): manifest.json"
        guard files.contains("manifest.json") else {
            let isOld = files.contains("repositories")
            throw ImageError(
                isOld ? .unsupported : .notAnImage, at: files.place,
                isOld
                    ? "archives of docker before version 1.10 are not read"
                    : "docker-archive has no manifest.json")
        }
        let bytes = try DocumentReader.bytes(try files.open("manifest.json"), at: place)
        return try DocumentReader.decode(bytes, as: [Documents.ArchivedImage].self, at: place)
    }

    private func tagged(_ documents: [Documents.ArchivedImage], _ reference: ImageReference)
        throws(ImageError) -> [Documents.ArchivedImage]
    {
        guard let tag = reference.tag else { return documents }
        let wanted = DockerName.normalised(tag)
        let matching = documents.filter { document in
            (document.repoTags ?? []).contains { $0 == tag || DockerName.normalised($0) == wanted }
        }
        guard !matching.isEmpty else {
            let tags = documents.flatMap { $0.repoTags ?? [] }
            throw ImageError(
                .notFound, at: reference.text, "no image has the name \(tag)",
                underlying: tags.isEmpty ? "none has any" : "there are \(ImageCandidate.list(tags))")
        }
        return matching
    }

    private func image(_ document: Documents.ArchivedImage, name: String) throws(ImageError) -> Image {
        let place = "\(files.place): \(document.config)"
        let bytes = try DocumentReader.bytes(try files.open(document.config), at: place)
        let digest = Digest(sha256: SHA256Hasher.hash(bytes))
        if let named = Self.digest(inName: document.config), named != digest {
            throw ImageError(
                .digestMismatch, at: place, "configuration does not match the digest in its name")
        }
        let stored = try DocumentReader.decode(bytes, as: Documents.Configuration.self, at: place)
        let diffIDs = stored.rootfs?.diffIDs ?? []
        let names = document.layers ?? []
        guard diffIDs.count == names.count else {
            throw ImageError(
                .malformedDocument, at: place,
                "configuration names \(diffIDs.count) layers and the archive \(names.count)")
        }
        let layers = try layers(named: names, diffIDs: diffIDs)
        let namesByDigest = Dictionary(
            zip(layers.map(\.digest), names), uniquingKeysWith: { first, _ in first })
        return try Image.assemble(
            name: name, digest: digest, annotations: [:],
            config: BlobDescriptor(digest: digest, size: bytes.count, mediaType: Self.configMediaType),
            configBytes: bytes, layers: layers, blobs: NamedBlobs(files: files, names: namesByDigest))
    }

    /// Looks at the layers in the order in which a stream has them, so that one pass is enough.
    private func layers(named names: [String], diffIDs: [String]) throws(ImageError) -> [BlobDescriptor] {
        let ordinals = names.map { files.ordinal(of: $0) ?? 0 }
        var layers: [Int: BlobDescriptor] = [:]
        for index in names.indices.sorted(by: { (ordinals[$0], $0) < (ordinals[$1], $1) }) {
            layers[index] = try layer(names[index], diffID: diffIDs[index])
        }
        return names.indices.compactMap { layers[$0] }
    }

    /// Nothing here names the blob's digest: it is the diffID unless somebody compressed the layer.
    private func layer(_ name: String, diffID: String) throws(ImageError) -> BlobDescriptor {
        let place = "\(files.place): \(name)"
        guard let diffID = Digest(diffID) else {
            throw ImageError(.malformedDocument, at: place, "configuration has an invalid diff_id")
        }
        guard files.contains(name) else {
            return BlobDescriptor(digest: diffID, size: 0, mediaType: Self.layerMediaType)
        }
        let isCompressed = try files.compression(of: name) != .none
        return BlobDescriptor(
            digest: isCompressed ? try storedDigest(of: name) : diffID, size: try files.size(of: name),
            mediaType: Self.layerMediaType)
    }

    private func storedDigest(of name: String) throws(ImageError) -> Digest {
        let digest = RunningDigest()
        let source = DigestingSource(try files.open(name), into: digest)
        do throws(ArchiveError) {
            _ = try source.drain()
        } catch {
            throw ImageError(error, at: "\(files.place): \(name)")
        }
        return Digest(sha256: digest.finish())
    }

    /// The digest that a file is named for: `HEX.json` or `blobs/sha256/HEX`.
    private static func digest(inName name: String) -> Digest? {
        let last = name.split(separator: "/").last ?? ""
        return Digest("sha256:" + (last.hasSuffix(".json") ? last.dropLast(5) : last))
    }
}
