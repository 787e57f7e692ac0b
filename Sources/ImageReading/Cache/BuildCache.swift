internal import Archives
internal import Model

/// A build cache as BuildKit exports it: the layers of every stage, and which of them lies upon which.
///
/// It comes in two forms. The older is an image index that lists the layers where manifests should be, and the cache's
/// configuration among them; the newer is an image manifest with that configuration in place of an image's.
struct BuildCache {
    private static let layerLimit = 2_000

    private let annotations: [String: String]
    private let config: BlobDescriptor
    /// The layers that the export lists, by their digests in the order listed.
    private var listed: [BlobDescriptor] = []

    /// Whether the entries of an index are those of a build cache.
    static func isDescribed(by entries: [Documents.Descriptor]) -> Bool {
        entries.contains { $0.mediaType == ArtifactType.buildCacheConfiguration }
    }

    /// The cache that `manifest` describes, in either form; nil where it describes something else.
    init?(_ manifest: Documents.Manifest, at place: String) throws(ImageError) {
        let entries = manifest.manifests ?? (manifest.config.map { [$0] } ?? []) + (manifest.layers ?? [])
        guard let config = entries.first(where: { $0.mediaType == ArtifactType.buildCacheConfiguration })
        else { return nil }
        guard entries.count <= Self.layerLimit else {
            throw ImageError(.tooLarge, at: place, "build cache has more than \(Self.layerLimit) layers")
        }
        annotations = manifest.annotations ?? [:]
        self.config = try BlobDescriptor(config, at: place)
        var seen: Set<Digest> = []
        for entry in entries where entry.mediaType != ArtifactType.buildCacheConfiguration {
            let descriptor = try BlobDescriptor(entry, at: place)
            if seen.insert(descriptor.digest).inserted { listed.append(descriptor) }
        }
    }

    /// The cache as something with layers to look at.
    func image(name: String, digest: Digest, blobs: any BlobStore) throws(ImageError) -> Image {
        let place = config.digest.text
        let bytes = try DocumentReader.bytes(config, in: blobs)
        let document = try DocumentReader.decode(bytes, as: CacheConfiguration.self, at: place)
        let stored = document.layers ?? []
        guard stored.count <= Self.layerLimit else {
            throw ImageError(.tooLarge, at: place, "build cache has more than \(Self.layerLimit) layers")
        }
        let order = try CacheOrder(stored, listed: Set(listed.map(\.digest)), at: place)
        let unused = listed.filter { layer in !stored.contains { $0.blob == layer.digest.text } }
        let byDigest = Dictionary(listed.map { ($0.digest, $0) }) { first, _ in first }
        var layers: [LayerDescriptor] = []
        var steps: [LayerFacts] = []
        let parents = order.parents + unused.map { _ in nil }
        let known = order.layers.compactMap { layer in
            Digest(layer.blob).flatMap { byDigest[$0] }.map { (blob: $0, told: Optional(layer)) }
        }
        for (index, (blob, told)) in (known + unused.map { ($0, nil) }).enumerated() {
            let diffID = Self.diffID(of: blob, told, in: blobs)
            let layer = LayerDescriptor(
                index: index, digest: blob.digest, diffID: diffID, mediaType: blob.mediaType,
                size: blob.size ?? 0)
            layers.append(layer)
            steps.append(
                LayerFacts(
                    index: index, history: nil, parent: parents[index], digest: layer.digest,
                    diffID: layer.diffID, mediaType: layer.mediaType, size: layer.size,
                    created: Self.created(blob, told), createdBy: nil, origin: .cache))
        }
        var image = Image(
            name: name, digest: digest, platform: .unknown, created: nil, configDigest: config.digest,
            annotations: annotations, configuration: try configuration(bytes), layers: layers, steps: steps,
            historyMismatch: nil, blobs: blobs)
        image.kind = .buildCache
        image.branches = LayerTree(parents: parents)
        if let first = order.missing.first {
            let name = Digest(first)?.text ?? "one without a valid digest"
            let detail =
                "\(order.missing.count) layers of the build cache are not stored in it: \(name) is the first"
            image.gaps = [Gap(layer: nil, reason: .unreadable, detail: detail)]
        }
        return image
    }

    /// What text there is: selectors of files, annotations, whatever else; and no settings, for there is no container.
    private func configuration(_ bytes: [UInt8]) throws(ImageError) -> ImageConfiguration {
        let tree = try DocumentReader.decode(
            bytes, as: TextTree.self, at: config.digest.text, keepingKeys: true)
        let fields = tree.fields(in: "CacheConfig").filter { field in
            Digest(field.text) == nil && Instant(field.text) == nil
                && !CacheConfiguration.keys.contains(field.text)
        }
        return ImageConfiguration(
            exists: false, user: "", environment: [], labels: [], command: [], entrypoint: [],
            healthcheck: [], workingDirectory: "", exposedPorts: [], volumes: [], author: nil, history: [],
            annotations: annotations.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) },
            otherText: fields)
    }

    /// That of the export, or else what the blob turns out to hold; its own digest where it cannot be had.
    private static func diffID(
        of blob: BlobDescriptor, _ told: CacheConfiguration.Layer?, in blobs: any BlobStore
    ) -> Digest {
        let stated = blob.annotations["containerd.io/uncompressed"] ?? told?.annotations?.diffID
        if let diffID = stated.flatMap({ Digest($0) }) { return diffID }
        guard let source = try? blobs.open(blob.digest, size: blob.size) else { return blob.digest }
        return LayerReader.diffID(of: source) ?? blob.digest
    }

    private static func created(_ blob: BlobDescriptor, _ told: CacheConfiguration.Layer?) -> Instant? {
        (blob.annotations["buildkit/createdat"] ?? told?.annotations?.createdAt).flatMap { Instant($0) }
    }
}
