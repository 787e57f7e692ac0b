/// Images to be written together, with their names.
///
/// ```swift
/// var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
/// image.layer(layer, createdBy: "COPY . /app # buildkit")
/// let written = try ImageBundle(image, name: "example/app:1.0").write(to: "app.tar", as: .ociArchive)
/// ```
///
/// Everything is written beside the destination and renamed at the end: what stands there is whole.
package struct ImageBundle: Sendable {
    /// One name and the image it stands for on each platform.
    package struct Entry: Sendable {
        /// `repository:tag`; nil for an image without a name.
        package var name: String?
        package var platforms: [ImageBuilder]
        /// Whether several platforms get an index of their own, as BuildKit does, or all stand in `index.json`.
        package var hasOwnIndex: Bool

        package init(name: String?, platforms: [ImageBuilder], hasOwnIndex: Bool = true) {
            self.name = name
            self.platforms = platforms
            self.hasOwnIndex = hasOwnIndex
        }
    }

    package var entries: [Entry]

    package init(_ entries: [Entry]) { self.entries = entries }

    package init(_ image: ImageBuilder, name: String? = nil) {
        self.init([Entry(name: name, platforms: [image])])
    }

    /// Writes the images, in the order in which they were given.
    ///
    /// A file that stands at `destination` is replaced, and so is a folder that holds an OCI layout; anything
    /// else is left alone and refused.
    @discardableResult
    package func write(
        to destination: String, as format: ImageFormat
    ) throws(ImageWriteError) -> [WrittenImage] {
        let place = try Destination(destination, isFolder: format == .ociLayout)
        defer { place.removeLeftovers() }
        let blobs = try BlobFolder.make(in: place.folder)
        switch format {
        case .ociLayout:
            let written = try OCILayoutWriter(blobs: blobs, root: place.folder).write(entries)
            try place.accept(place.folder)
            return written
        case .ociArchive:
            let layout = OCILayoutWriter(blobs: blobs, root: place.folder)
            let written = try layout.write(entries)
            var archive = ArchiveFile(blobs: blobs)
            try layout.add(to: &archive)
            try archive.write(to: place.file)
            try place.accept(place.file)
            return written
        case .dockerArchive, .dockerArchiveFlat, .dockerArchiveLegacy:
            let written = try DockerArchiveWriter(blobs: blobs, root: place.folder, format: format)
                .write(entries, to: place.file)
            try place.accept(place.file)
            return written
        }
    }
}
