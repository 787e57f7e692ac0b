/// Writes the tar files that `docker save` and skopeo write.
struct DockerArchiveWriter {
    let blobs: BlobFolder
    let root: String
    let format: ImageFormat

    func write(
        _ entries: [ImageBundle.Entry], to path: String
    ) throws(ImageWriteError) -> [WrittenImage] {
        var archive = ArchiveFile(blobs: blobs)
        let written: [WrittenImage]
        if format == .dockerArchive {
            let layout = OCILayoutWriter(blobs: blobs, root: root)
            written = try layout.write(entries)
            try layout.add(to: &archive)
        } else {
            written = try storePlain(entries)
        }
        var images: [DockerArchiveImage] = []
        var repositories: [String: [String: String]] = [:]
        var remaining = written[...]
        for entry in entries {
            for (index, builder) in entry.platforms.enumerated() {
                guard let facts = remaining.popFirst() else { continue }
                let name = index == 0 ? entry.name.map { ImageName($0) } : nil
                let chain = LayerChain(facts)
                images.append(describe(facts, name))
                if let name, let top = chain.ids.last {
                    repositories[name.repository, default: [:]][name.tag] = top
                }
                if format != .dockerArchive { try add(facts, builder, chain, to: &archive) }
            }
        }
        archive.add("manifest.json", try SortedJSON.bytes(images, of: "manifest.json"))
        if !repositories.isEmpty {
            archive.add("repositories", try SortedJSON.bytes(repositories, of: "repositories"))
        }
        try archive.write(to: path)
        return written
    }

    /// These forms store no manifest; its digest is that of the configuration, Docker's image id.
    private func storePlain(_ entries: [ImageBundle.Entry]) throws(ImageWriteError) -> [WrittenImage] {
        var written: [WrittenImage] = []
        for entry in entries {
            for image in entry.platforms {
                let content = try ImageContent.store(image, in: blobs, asPlain: true)
                written.append(
                    WrittenImage(
                        platform: image.platform, manifestDigest: content.configuration.digest,
                        configDigest: content.configuration.digest, layers: content.layers))
            }
        }
        return written
    }

    private func describe(_ image: WrittenImage, _ name: ImageName?) -> DockerArchiveImage {
        let config = ContentDigest.hex(image.configDigest)
        let tags = name.map { ["\($0.repository):\($0.tag)"] }
        switch format {
        case .dockerArchiveLegacy:
            return DockerArchiveImage(
                config: config + ".json", repoTags: tags,
                layers: LayerChain(image).ids.map { $0 + "/layer.tar" })
        case .dockerArchiveFlat:
            return DockerArchiveImage(
                config: config + ".json", repoTags: tags, layers: image.layers.map { flatName(of: $0) })
        default:
            let sources = image.layers.map {
                ($0.diffID, Descriptor(mediaType: $0.mediaType, digest: $0.digest, size: $0.size))
            }
            return DockerArchiveImage(
                config: "blobs/sha256/" + config, repoTags: tags,
                layers: image.layers.map { "blobs/sha256/" + ContentDigest.hex($0.digest) },
                layerSources: Dictionary(sources, uniquingKeysWith: { first, _ in first }))
        }
    }

    private func flatName(of layer: WrittenImage.Layer) -> String { ContentDigest.hex(layer.digest) + ".tar" }

    private func add(
        _ image: WrittenImage, _ builder: ImageBuilder, _ chain: LayerChain, to archive: inout ArchiveFile
    ) throws(ImageWriteError) {
        archive.add(ContentDigest.hex(image.configDigest) + ".json", blob: image.configDigest)
        var folders: [String: String] = [:]
        for (index, layer) in image.layers.enumerated() {
            let id = chain.ids[index]
            let document = LegacyLayerDocument(
                id: id, parent: index > 0 ? chain.ids[index - 1] : nil,
                created: builder.created ?? "1970-01-01T00:00:00Z", os: image.platform.os,
                config: index == image.layers.count - 1 ? builder.runtime : nil)
            archive.add(id + "/VERSION", Array("1.0".utf8))
            archive.add(id + "/json", try SortedJSON.bytes(document, of: id + "/json"))
            if format == .dockerArchiveFlat {
                archive.add(flatName(of: layer), blob: layer.digest)
                archive.add(id + "/layer.tar", linkTo: "../" + flatName(of: layer))
            } else if let first = folders[layer.digest] {
                // Docker stores a layer once and links to it where it comes again.
                archive.add(id + "/layer.tar", linkTo: "../" + first + "/layer.tar")
            } else {
                archive.add(id + "/layer.tar", blob: layer.digest)
                folders[layer.digest] = id
            }
        }
    }
}
