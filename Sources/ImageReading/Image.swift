package import Archives
package import Model

/// One platform's image: its manifest and configuration read and verified, its layers ready to be.
///
/// Or a build cache, which has layers too, but no configuration and no platform.
package struct Image: Sendable {
    package internal(set) var kind = ImageFacts.Kind.image
    /// The reference as it was given.
    package let name: String
    /// The manifest's digest; for a docker-archive, which stores no manifest, that of the configuration.
    package let digest: Digest
    package let platform: Platform
    package let created: Instant?
    package let configDigest: Digest
    package let annotations: [String: String]
    package internal(set) var configuration: ImageConfiguration
    /// From the base up.
    package let layers: [LayerDescriptor]
    /// The history with the layer that each step made, or the layers alone where ``historyMismatch`` says why.
    package let steps: [LayerFacts]
    /// Why no history stands beside the layers; nil where it does.
    package let historyMismatch: String?
    /// What was not looked at when it was opened, and what lies beside it and is no image.
    package internal(set) var gaps: [Gap] = []
    /// Which layer lies upon which where they make no stack.
    var branches: LayerTree?
    let blobs: any BlobStore

    /// Which layer lies upon which.
    package var tree: LayerTree { branches ?? LayerTree(stackOf: layers.count) }

    /// What evidence says of the image as a whole.
    package var facts: ImageFacts {
        var facts = ImageFacts(
            kind: kind, name: name, digest: digest, platform: platform.description, created: created,
            configDigest: configDigest, annotations: annotations)
        facts.registry = blobs.registry ?? ""
        return facts
    }

    /// The layers in the order in which one reader has them cheaply; nil where several may read in any order.
    package var sequence: [LayerDescriptor]? {
        let ordinals = layers.map { blobs.ordinal(of: $0.digest) }
        guard ordinals.contains(where: { $0 != nil }) else { return nil }
        return layers.indices.sorted { (ordinals[$0] ?? .max, $0) < (ordinals[$1] ?? .max, $1) }.map {
            layers[$0]
        }
    }

    /// Opens a layer; may be called from several tasks at once.
    ///
    /// `watch` is told every so many bytes how much of the blob was read, with `readsAhead` by the thread that does that.
    package func reader(
        for layer: LayerDescriptor, readsAhead: Bool = false, memory: DecoderMemory = DecoderMemory(),
        hashing: PathHashing = .ofThisProcess,
        watch: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws(ImageError) -> LayerReader {
        guard layer.kind != .unsupported else {
            throw ImageError(
                .unsupported, at: layer.digest.text, "layers of media type \(layer.mediaType) are not read")
        }
        do throws(ImageError) {
            return readsAhead
                ? try LayerReader.openAhead(
                    layer, from: try blob(of: layer, watch), memory: memory, hashing: hashing)
                : try LayerReader.open(
                    layer, from: try blob(of: layer, watch), memory: memory, hashing: hashing)
        } catch  where error.code == .notFound && layer.kind == .foreign {
            throw ImageError(
                .foreignLayer, at: layer.digest.text,
                "layer of \(layer.mediaType) is not stored with the image",
                underlying:
                    "it is to be had at \(layer.urls.first.map { $0.prefix(200) } ?? "no known address")")
        } catch  where error.code == .notFound {
            throw ImageError(
                .notFound, at: layer.digest.text, "layer blob is missing",
                underlying: error.underlying ?? error.place)
        }
    }

    /// Whether the bytes of `layer` are there, and are those that its digest names: what is known of them then holds of it.
    ///
    /// Those of a registry, which has them by their digest, are not fetched for that.
    package func holds(_ layer: LayerDescriptor, watch: @escaping @Sendable (Int) -> Void = { _ in }) -> Bool
    {
        if blobs.registry != nil { return true }
        let digest = RunningDigest()
        do {
            _ = try DigestingSource(try blob(of: layer, watch), into: digest).drain()
        } catch {
            return false
        }
        return digest.count == layer.size && Digest(sha256: digest.finish()) == layer.digest
    }

    /// Whether the bytes of `layer` are there, are those that its digest names, and uncompress to those that its diffID
    /// names: what is known of the same layer in another compression then holds of it.
    package func proves(
        _ layer: LayerDescriptor, memory: DecoderMemory = DecoderMemory(),
        watch: @escaping @Sendable (Int) -> Void = { _ in }
    ) -> Bool {
        guard layer.kind != .unsupported, let source = try? blob(of: layer, watch) else { return false }
        return LayerReader.proves(layer, from: source, memory: memory)
    }

    private func blob(
        of layer: LayerDescriptor, _ watch: @escaping @Sendable (Int) -> Void
    ) throws(ImageError) -> any ByteSource {
        let stored = try blobs.open(layer.digest, size: layer.size)
        return WatchedSource(CappedSource(stored, limit: layer.size), watch: watch)
    }
}
