internal import Archives
internal import Model

/// Images that an engine has.
///
/// An engine gives an image only as one tar stream that cannot be jumped in: it is asked for once to see what there is,
/// and once more to read the layers in the order in which they come. Both ask by the image's id, so that a name that
/// moves on in between changes nothing.
struct EngineImages {
    private let engine: Engine
    private let reference: ImageReference

    /// Finds the first engine that answers at one of `addresses`.
    init(_ reference: ImageReference, addresses: [String]) throws(ImageError) {
        self.reference = reference
        engine = try Engine.find(addresses, for: reference)
    }

    /// The images that the name and `selection` mean.
    func images(_ selection: PlatformSelection) throws(ImageError) -> [Image] {
        let description = try engine.describe(reference)
        let images = try files(description.id).images(reference, selection)
        // Of several platforms, engines describe the host's.
        if case .named = selection { return images }
        guard images.contains(where: { Self.matches($0, description) }) else {
            throw ImageError(
                .digestMismatch, at: reference.text, "engine sent another image than the one it described",
                underlying: "that has the id \(description.id)")
        }
        return images
    }

    private func files(_ id: Digest) throws(ImageError) -> ArchiveFiles {
        let engine = engine
        do throws(ArchiveError) {
            return try ArchiveFiles.streamed(at: reference.text) { () throws(ArchiveError) in
                try engine.export(id)
            }
        } catch {
            throw ImageError(error, at: reference.text)
        }
    }

    private static func matches(_ image: Image, _ description: Engine.Description) -> Bool {
        [image.configDigest, image.digest].contains(description.id)
            || !image.layers.isEmpty && image.layers.map(\.diffID) == description.diffIDs
    }
}
