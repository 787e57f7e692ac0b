internal import Model

/// A manifest that may be the image that is wanted.
struct ImageCandidate {
    let manifest: BlobDescriptor
    /// From the index; nil where only the configuration tells.
    var platform: Platform?
    /// The names that the index has for it, or for the index that it is in.
    let tags: [String]
}

extension ImageCandidate {
    /// The candidates that `selection` means: one, but for ``PlatformSelection/all``.
    static func select(
        _ candidates: [ImageCandidate], _ selection: PlatformSelection, _ reference: ImageReference
    ) throws(ImageError) -> [ImageCandidate] {
        guard !candidates.isEmpty else {
            throw ImageError(.notAnImage, at: reference.text, "there is no image in it")
        }
        let wanted: Platform
        switch selection {
        case .all: return candidates
        case .host:
            if candidates.count == 1 { return candidates }
            wanted = .host
        case .named(let name):
            guard let platform = Platform(name) else { return [] }
            wanted = platform
        }
        let exact = candidates.filter { $0.platform == wanted }
        let matching = exact.isEmpty ? candidates.filter { $0.accepted(by: wanted) } : exact
        guard let first = matching.first else {
            throw ImageError(
                .platformNotFound, at: reference.text, "image has no platform \(wanted)",
                underlying: "it has \(list(candidates.map { $0.platform?.description ?? "unknown" }))")
        }
        // The first of several is the one that engines take; but not across names.
        guard matching.allSatisfy({ $0.tags == first.tags }) else {
            throw ImageError(
                .ambiguous, at: reference.text, "several images, and no tag says which",
                underlying: "they are \(list(matching.flatMap(\.tags)))")
        }
        return [first]
    }

    private func accepted(by wanted: Platform) -> Bool { platform.map { wanted.accepts($0) } ?? false }

    /// Names for an error, each once, and not without end.
    static func list(_ names: [String]) -> String {
        let unique = Array(Set(names)).sorted()
        let shown = unique.prefix(20).joined(separator: ", ")
        return unique.count > 20 ? "\(shown) and \(unique.count - 20) more" : shown
    }
}
