internal import Model

/// A manifest that an index lists: one that may be the image that is wanted, or what lies beside it.
struct ImageCandidate {
    enum Role: Hashable {
        /// By all that is known so far.
        case image
        case buildCache
        /// Says something of an image.
        case attestation
        /// Something else, of this type.
        case artifact(String)
    }

    let manifest: BlobDescriptor
    /// From the index; nil where only the configuration tells.
    var platform: Platform?
    /// The names that the index has for it, or for the index that it is in.
    let tags: [String]
    var role = Role.image
    /// The image that it says something of, where it tells which.
    var subject: Digest?
    /// What stands in the indexes that lead to it, the last being what is said of it.
    var text: [[ImageConfiguration.Field]] = []

    /// Whether there are layers to look at.
    var isWanted: Bool { role == .image || role == .buildCache }

    /// What it is, for an error or a gap.
    var noun: String {
        switch role {
        case .image: "an image"
        case .buildCache: "a build cache"
        case .attestation: "an attestation"
        case .artifact(let type): ArtifactType.noun(of: type)
        }
    }
}

extension ImageCandidate {
    /// The candidates that `selection` means: one, but for ``PlatformSelection/all``.
    static func select(
        _ candidates: [ImageCandidate], _ selection: PlatformSelection, _ reference: ImageReference
    ) throws(ImageError) -> [ImageCandidate] {
        guard !candidates.isEmpty else {
            throw ImageError(.notAnImage, at: reference.text, "there is no image in it")
        }
        if selection == .all { return candidates }
        // Names first: what is for another platform under another name may be the one that is meant.
        guard candidates.allSatisfy({ $0.tags == candidates[0].tags }) else {
            throw ImageError(
                .ambiguous, at: reference.text, "several images, and no tag says which",
                underlying: "they are \(list(candidates.flatMap(\.tags)))")
        }
        // A build cache has no platform, so none can be named that is not its own.
        let caches = candidates.filter { $0.role == .buildCache }
        let images = candidates.filter { $0.role != .buildCache }
        guard !images.isEmpty else { return caches }
        let matching = try matching(images, selection, reference)
        // The first of several platforms is the one that engines take.
        let first = matching[0]
        // Some engines take the first of several, others the one of which the index itself tells the platform, and of
        // several versions of Windows the one that the machine has.
        let twins = matching.filter { $0.platform == first.platform }
        guard twins.count < 2 else {
            let name = first.tags.isEmpty ? "without a tag" : "with the tag \(first.tags[0])"
            throw ImageError(
                .ambiguous, at: reference.text, "several images \(name), of which none is meant more",
                underlying: "name one by @DIGEST, or take all with `--platform all`; they are "
                    + list(twins.map(\.manifest.digest.text)))
        }
        return [first] + caches
    }

    /// Those of `images` that are for the wanted platform, at least one; what is for just that, before what it accepts.
    private static func matching(
        _ images: [ImageCandidate], _ selection: PlatformSelection, _ reference: ImageReference
    ) throws(ImageError) -> [ImageCandidate] {
        var wanted = Platform.host
        if case .named(let name) = selection {
            guard let platform = Platform(name) else {
                throw ImageError(.platformNotFound, at: reference.text, "there is no platform \(name)")
            }
            wanted = platform
        } else if images.count == 1 {
            return images
        }
        let exact = images.filter { $0.platform == wanted }
        let matching = exact.isEmpty ? images.filter { $0.accepted(by: wanted) } : exact
        guard matching.isEmpty else { return matching }
        throw ImageError(
            .platformNotFound, at: reference.text, "image has no platform \(wanted)",
            underlying: "it has \(list(images.map { $0.platform?.description ?? "unknown" }))")
    }

    private func accepted(by wanted: Platform) -> Bool { platform.map { wanted.accepts($0) } ?? false }

    /// Names for an error, each once, and not without end.
    static func list(_ names: [String]) -> String {
        let unique = Array(Set(names)).sorted()
        let shown = unique.prefix(20).joined(separator: ", ")
        return unique.count > 20 ? "\(shown) and \(unique.count - 20) more" : shown
    }
}
