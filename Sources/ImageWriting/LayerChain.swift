/// The ids that layers have in the old format: each depends on all below it.
struct LayerChain {
    let ids: [String]

    init(_ image: WrittenImage) {
        var ids: [String] = []
        for layer in image.layers {
            // The topmost one also stands for the configuration, as in Docker, so that images do not share it.
            let suffix = ids.count == image.layers.count - 1 ? image.configDigest : ""
            let text = (ids.last ?? "") + " " + layer.diffID + " " + suffix
            ids.append(ContentDigest.hex(ContentDigest.of(Array(text.utf8))))
        }
        self.ids = ids
    }
}
