internal import FoundationEssentials

/// Writes the documents and blobs of an OCI image layout into a folder.
struct OCILayoutWriter {
    let blobs: BlobFolder
    let root: String

    /// Writes blobs, `index.json` and `oci-layout`.
    func write(_ entries: [ImageBundle.Entry]) throws(ImageWriteError) -> [WrittenImage] {
        var written: [WrittenImage] = []
        var descriptors: [Descriptor] = []
        for entry in entries {
            var manifests: [Descriptor] = []
            for image in entry.platforms {
                let (descriptor, facts) = try write(image)
                manifests.append(descriptor)
                written.append(facts)
            }
            descriptors += try describe(entry, manifests)
        }
        try writeDocuments(of: descriptors)
        return written
    }

    /// Writes `index.json` and `oci-layout`.
    func writeDocuments(of descriptors: [Descriptor]) throws(ImageWriteError) {
        try write(IndexDocument(manifests: descriptors), to: "index.json")
        try write(LayoutDocument(), to: "oci-layout")
    }

    /// Adds everything that `write` left in the folder.
    func add(to archive: inout ArchiveFile) throws(ImageWriteError) {
        archive.add("index.json", contentOf: root + "/index.json")
        archive.add("oci-layout", contentOf: root + "/oci-layout")
        for name in try blobs.names() {
            archive.add("blobs/sha256/" + name, contentOf: blobs.path + "/" + name)
        }
    }

    /// The names under which an image is found: the tag, and for Docker the whole reference.
    private func annotations(of name: String) -> [String: String] {
        let reference = ImageName(name)
        return [
            "org.opencontainers.image.ref.name": reference.tag,
            "io.containerd.image.name": reference.canonical,
        ]
    }

    private func describe(
        _ entry: ImageBundle.Entry, _ manifests: [Descriptor]
    ) throws(ImageWriteError) -> [Descriptor] {
        let names = entry.name.map(annotations)
        guard manifests.count > 1, entry.hasOwnIndex else {
            return manifests.map {
                var named = $0
                named.annotations = names
                return named
            }
        }
        let index = try SortedJSON.bytes(IndexDocument(manifests: manifests), of: "image index")
        var descriptor = try blobs.store(index, mediaType: IndexDocument.mediaType)
        descriptor.annotations = names
        return [descriptor]
    }

    private func write(_ image: ImageBuilder) throws(ImageWriteError) -> (Descriptor, WrittenImage) {
        let content = try ImageContent.store(image, in: blobs, asPlain: false)
        let layers = content.layers.map {
            Descriptor(mediaType: $0.mediaType, digest: $0.digest, size: $0.size)
        }
        let manifest = ManifestDocument(
            config: content.configuration, layers: layers,
            annotations: image.annotations.isEmpty ? nil : image.annotations)
        let bytes = try SortedJSON.bytes(manifest, of: "manifest")
        var descriptor = try blobs.store(bytes, mediaType: ManifestDocument.mediaType)
        descriptor.platform = image.platform
        let facts = WrittenImage(
            platform: image.platform, manifestDigest: descriptor.digest,
            configDigest: content.configuration.digest, layers: content.layers)
        return (descriptor, facts)
    }

    private func write(_ document: some Encodable, to name: String) throws(ImageWriteError) {
        let bytes = try SortedJSON.bytes(document, of: name)
        do {
            try Data(bytes).write(to: URL(filePath: root + "/" + name))
        } catch {
            throw ImageWriteError(
                code: .output, place: root + "/" + name, reason: "cannot write", underlying: "\(error)")
        }
    }
}
