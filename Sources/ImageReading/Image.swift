package import Archives
package import Model

/// One platform's image: its manifest and configuration read and verified, its layers ready to be.
package struct Image: Sendable {
    /// The reference as it was given.
    package let name: String
    /// The manifest's digest; for a docker-archive, which stores no manifest, that of the configuration.
    package let digest: Digest
    package let platform: Platform
    package let created: Instant?
    package let configDigest: Digest
    package let annotations: [String: String]
    package let configuration: ImageConfiguration
    /// From the base up.
    package let layers: [LayerDescriptor]
    /// The history with the layer that each step made, or the layers alone where ``historyMismatch`` says why.
    package let steps: [LayerFacts]
    /// Why no history stands beside the layers; nil where it does.
    package let historyMismatch: String?
    let blobs: any BlobStore

    /// What evidence says of the image as a whole.
    package var facts: ImageFacts {
        ImageFacts(
            name: name, digest: digest, platform: platform.description, created: created,
            configDigest: configDigest, annotations: annotations)
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
    /// `watch` is told every so many bytes how much of the blob was read.
    package func reader(
        for layer: LayerDescriptor, memory: DecoderMemory = DecoderMemory(),
        watch: @escaping (Int) -> Void = { _ in }
    ) throws(ImageError) -> LayerReader {
        guard layer.kind != .unsupported else {
            throw ImageError(
                .unsupported, at: layer.digest.text, "layers of media type \(layer.mediaType) are not read")
        }
        do throws(ImageError) {
            let blob = CappedSource(try blobs.open(layer.digest), limit: layer.size)
            return try LayerReader.open(layer, from: WatchedSource(blob, watch: watch), memory: memory)
        } catch  where error.code == .notFound && layer.kind == .foreign {
            throw ImageError(
                .foreignLayer, at: layer.digest.text,
                "layer is to be had elsewhere and is not stored with the image")
        } catch  where error.code == .notFound {
            throw ImageError(
                .notFound, at: layer.digest.text, "layer blob is missing", underlying: error.place)
        }
    }
}
