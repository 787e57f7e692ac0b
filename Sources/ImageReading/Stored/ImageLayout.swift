internal import Model

/// An OCI image layout, in a folder or in a tar file.
struct ImageLayout {
    let files: any ImageFiles

    /// The images that `reference` and `selection` mean.
    func images(_ reference: ImageReference, _ selection: PlatformSelection) throws(ImageError) -> [Image] {
        try checkVersion()
        let place = "\(files.place): index.json"
        let bytes = try DocumentReader.bytes(try files.open("index.json"), at: place)
        let index = try DocumentReader.decode(bytes, as: Documents.Manifest.self, at: place)
        guard let manifests = index.manifests else {
            throw ImageError(.malformedDocument, at: place, "index has no manifests")
        }
        let tree = ManifestTree(blobs: LayoutBlobs(files: files))
        var found: [ImageCandidate] = []
        let tagged = try tagged(manifests, reference)
        let told = try DocumentText(bytes, at: place).ofIndex(in: "Index", at: place)
        for (document, ofDocument) in zip(manifests, told.entries) where tagged(document) {
            let text = [told.own, ofDocument]
            try tree.collect(document, tags: Self.tags(document), text: text, into: &found, at: place)
        }
        if let digest = reference.digest {
            let named = found.filter { $0.manifest.digest == digest }
            guard let first = named.first else {
                throw ImageError(.notFound, at: reference.text, "no image has this digest")
            }
            found = named + (first.isWanted ? found.filter { !$0.isWanted } : [])
        }
        return try tree.images(found, selection, reference)
    }

    private func checkVersion() throws(ImageError) {
        guard files.contains("oci-layout") else { return }
        let place = "\(files.place): oci-layout"
        let bytes = try DocumentReader.bytes(try files.open("oci-layout"), at: place)
        let layout = try DocumentReader.decode(bytes, as: Documents.Layout.self, at: place)
        guard layout.imageLayoutVersion.hasPrefix("1.") else {
            throw ImageError(
                .unsupported, at: place, "image layouts of version \(layout.imageLayoutVersion) are not read")
        }
    }

    /// Tells which of `manifests` the reference may mean.
    private func tagged(
        _ manifests: [Documents.Descriptor], _ reference: ImageReference
    ) throws(ImageError) -> (Documents.Descriptor) -> Bool {
        guard let tag = reference.tag else { return { _ in true } }
        guard manifests.contains(where: { Self.tags($0).contains(tag) }) else {
            let tags = manifests.flatMap { Self.tags($0) }
            throw ImageError(
                .notFound, at: reference.text, "no image has the tag \(tag)",
                underlying: tags.isEmpty ? "none has any" : "there are \(ImageCandidate.list(tags))")
        }
        return { Self.tags($0).contains(tag) }
    }

    private static func tags(_ document: Documents.Descriptor) -> [String] {
        ["org.opencontainers.image.ref.name", "io.containerd.image.name"].compactMap {
            document.annotations?[$0]
        }
    }
}
