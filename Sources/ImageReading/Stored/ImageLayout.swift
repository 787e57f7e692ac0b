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
        for document in try tagged(manifests, reference) {
            try tree.collect(document, tags: Self.tags(document), into: &found, at: place)
        }
        if let digest = reference.digest {
            found = found.filter { $0.manifest.digest == digest }
            guard !found.isEmpty else {
                throw ImageError(.notFound, at: reference.text, "no image has this digest")
            }
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

    private func tagged(_ manifests: [Documents.Descriptor], _ reference: ImageReference)
        throws(ImageError) -> [Documents.Descriptor]
    {
        guard let tag = reference.tag else { return manifests }
        let matching = manifests.filter { Self.tags($0).contains(tag) }
        guard !matching.isEmpty else {
            let tags = manifests.flatMap { Self.tags($0) }
            throw ImageError(
                .notFound, at: reference.text, "no image has the tag \(tag)",
                underlying: tags.isEmpty ? "none has any" : "there are \(ImageCandidate.list(tags))")
        }
        return matching
    }

    private static func tags(_ document: Documents.Descriptor) -> [String] {
        ["org.opencontainers.image.ref.name", "io.containerd.image.name"].compactMap {
            document.annotations?[$0]
        }
    }
}
