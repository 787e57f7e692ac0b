internal import Archives

/// The files that make up a stored image, wherever they are: a folder, or a tar file.
protocol ImageFiles: Sendable {
    /// What errors name.
    var place: String { get }
    func contains(_ name: String) -> Bool
    func size(of name: String) throws(ImageError) -> Int
    func open(_ name: String) throws(ImageError) -> any ByteSource
    /// What the file's first bytes say of its compression.
    func compression(of name: String) throws(ImageError) -> Compression
    /// Where a file stands in a stream that is best read in its own order; nil where any order costs the same.
    func ordinal(of name: String) -> Int?
}

extension ImageFiles {
    /// The images that `reference` and `selection` mean, the form told from the files that there are.
    ///
    /// Of an archive that is both, as docker writes since version 25, the OCI half says more; the other may tell of no
    /// other image, since engines differ in which half they load.
    func images(_ reference: ImageReference, _ selection: PlatformSelection) throws(ImageError) -> [Image] {
        if contains("index.json") {
            let images = try ImageLayout(files: self).images(reference, selection)
            if contains("manifest.json") {
                try DockerArchive(files: self).refuseOthers(than: images, reference)
            }
            return images
        }
        if contains("version"), contains("manifest.json") {
            throw ImageError(
                .notAnImage, at: reference.text, "this is skopeo's own form, which is not read",
                underlying: "skopeo copy dir:FOLDER oci:DIR makes it one that is")
        }
        if contains("manifest.json") { return try DockerArchive(files: self).images(reference, selection) }
        throw ImageError(
            .notAnImage, at: reference.text, "neither an OCI image layout nor a docker-archive",
            underlying: "it has no index.json and no manifest.json")
    }
}
