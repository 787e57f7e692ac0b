internal import FoundationEssentials

/// Describes a build cache as BuildKit exports it with `--cache-to type=local,mode=max`, and writes it.
package struct BuildCacheBuilder: Sendable {
    /// How the export is put together.
    package enum Form: String, Sendable, CaseIterable {
        /// An image index with the layers in the place of manifests.
        case index
        /// `image-manifest=true`: an image manifest with the cache's configuration in place of an image's.
        case imageManifest
    }

    private struct Layer: Sendable {
        let content: LayerBuilder
        let parent: Int?
        let created: String?
        let compression: LayerCompression
    }

    private var layers: [Layer] = []

    /// Changes the configuration after it was made, for tests that need a damaged one.
    package var editConfiguration: (@Sendable ([UInt8]) -> [UInt8])?
    /// Leaves out the annotations that tell what each layer uncompresses to.
    package var leavesOutDiffIDs = false
    /// Layers, counted as they were added, that the configuration names and the index does not.
    package var unlisted: Set<Int> = []
    /// Layers that the index lists and the configuration does not name.
    package var unnamed: Set<Int> = []
    package var tag: String? = "latest"

    package init() {}

    /// Adds what a step made upon what another made, and gives the number to name it by.
    @discardableResult
    package mutating func layer(
        _ content: LayerBuilder, upon parent: Int? = nil, created: String? = nil,
        compression: LayerCompression = .gzip
    ) -> Int {
        layers.append(Layer(content: content, parent: parent, created: created, compression: compression))
        return layers.count - 1
    }

    /// Writes the folder, and gives the layers as they were stored, in the order in which they were added.
    @discardableResult
    package func write(to folder: String, as form: Form) throws(ImageWriteError) -> [WrittenImage.Layer] {
        let place = try Destination(folder, isFolder: true)
        defer { place.removeLeftovers() }
        let blobs = try BlobFolder.make(in: place.folder)
        var stored: [WrittenImage.Layer] = []
        for layer in layers {
            stored.append(try blobs.store(.built(layer.content, layer.compression), asPlain: false))
        }
        var configuration = try SortedJSON.bytes(configuration(stored), of: "cache configuration")
        if let editConfiguration { configuration = editConfiguration(configuration) }
        let config = try blobs.store(configuration, mediaType: "application/vnd.buildkit.cacheconfig.v0")
        let entries = order(stored).filter { !unlisted.contains($0) }.map {
            descriptor(stored[$0], layers[$0])
        }
        var top: Descriptor
        switch form {
        case .index:
            let index = IndexDocument(manifests: entries + [config])
            top = try blobs.store(
                try SortedJSON.bytes(index, of: "cache index"), mediaType: IndexDocument.mediaType)
        case .imageManifest:
            let manifest = ManifestDocument(config: config, layers: entries, annotations: nil)
            top = try blobs.store(
                try SortedJSON.bytes(manifest, of: "cache manifest"), mediaType: ManifestDocument.mediaType)
        }
        top.annotations = tag.map { ["org.opencontainers.image.ref.name": $0] }
        let layout = OCILayoutWriter(blobs: blobs, root: place.folder)
        try layout.writeDocuments(of: [top])
        try place.accept(place.folder)
        return stored
    }

    /// BuildKit sorts layers by their digests, so a layer may stand before the one it lies upon.
    private func order(_ stored: [WrittenImage.Layer]) -> [Int] {
        stored.indices.sorted { (stored[$0].digest, $0) < (stored[$1].digest, $1) }
    }

    private func configuration(_ stored: [WrittenImage.Layer]) -> CacheConfigurationDocument {
        let order = order(stored).filter { !unnamed.contains($0) }
        let entries = order.map { number -> CacheConfigurationDocument.Layer in
            let parent = layers[number].parent.map { order.firstIndex(of: $0) ?? -1 } ?? -1
            // BuildKit leaves out what Go takes for empty, and so the zero too.
            return .init(blob: stored[number].digest, parent: parent == 0 ? nil : parent)
        }
        let records = order.indices.map { position in
            CacheConfigurationDocument.Record(
                digest: ContentDigest.of(Array("step \(position)".utf8)),
                layers: [.init(layer: position, createdAt: "2026-03-01T10:00:00.123456789Z")],
                inputs: position == 0 ? nil : [[.init(selector: "/src/app", link: position - 1)]])
        }
        return CacheConfigurationDocument(layers: entries, records: records)
    }

    private func descriptor(_ stored: WrittenImage.Layer, _ layer: Layer) -> Descriptor {
        var annotations: [String: String] = [:]
        if !leavesOutDiffIDs { annotations["containerd.io/uncompressed"] = stored.diffID }
        if let created = layer.created { annotations["buildkit/createdat"] = created }
        return Descriptor(
            mediaType: stored.mediaType, digest: stored.digest, size: stored.size, annotations: annotations)
    }
}

/// BuildKit's cache configuration.
private struct CacheConfigurationDocument: Encodable {
    struct Layer: Encodable {
        let blob: String
        let parent: Int?
    }

    struct Record: Encodable {
        let digest: String
        let layers: [Result]
        let inputs: [[Input]]?
    }

    struct Result: Encodable {
        let layer: Int
        let createdAt: String
    }

    struct Input: Encodable {
        let selector: String
        let link: Int
    }

    let layers: [Layer]
    let records: [Record]
}
