/// An image's layers and configuration, once they are stored.
struct ImageContent {
    let layers: [WrittenImage.Layer]
    let configuration: Descriptor

    static func store(
        _ image: ImageBuilder, in blobs: BlobFolder, asPlain: Bool
    ) throws(ImageWriteError) -> ImageContent {
        var layers: [WrittenImage.Layer] = []
        for step in image.steps {
            if let layer = step.layer { layers.append(try blobs.store(layer, asPlain: asPlain)) }
        }
        let document = ConfigurationDocument(
            architecture: image.platform.architecture, os: image.platform.os,
            variant: image.platform.variant, author: image.author, created: image.created,
            config: image.runtime, history: image.hasHistory ? image.steps.map(\.history) : nil,
            rootfs: ConfigurationDocument.RootFS(diffIDs: layers.map(\.diffID)))
        var bytes = try SortedJSON.bytes(document, of: "image configuration")
        if let edit = image.editConfiguration { bytes = edit(bytes) }
        let configuration = try blobs.store(bytes, mediaType: "application/vnd.oci.image.config.v1+json")
        return ImageContent(layers: layers, configuration: configuration)
    }
}
