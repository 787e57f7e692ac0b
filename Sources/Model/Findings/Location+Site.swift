extension Location {
    /// What of an image a place is in.
    package enum Site: Hashable, Sendable {
        /// Counts the non-empty layers from 0 at the base.
        case layer(Int)
        case metadata
        /// A file of which nobody says which layer has it.
        case unknownLayer
        /// The code that the image was built from.
        case source
        /// A tool reported it of the image and named no place.
        case image
    }

    /// Stands for a metadata field where a tool reports something of the image as a whole.
    package static let wholeImage = "image"
    /// What the metadata field begins with where a tool names a file of the source code.
    package static let sourcePrefix = "source/"

    package var site: Site {
        if let layer { return .layer(layer.index) }
        guard let config else { return .unknownLayer }
        if config == Self.wholeImage { return .image }
        return config.hasPrefix(Self.sourcePrefix) ? .source : .metadata
    }
}

extension Set<Location.Site> {
    /// What they are, as a sentence lists it: `3 layers`, `the metadata`.
    package var names: [String] {
        let layers = count {
            if case .layer = $0 { true } else { false }
        }
        let others: [(Location.Site, String)] = [
            (.unknownLayer, "a layer that is not known"), (.metadata, "the metadata"),
            (.source, "the source code"), (.image, "the image as a whole"),
        ]
        let counted = layers == 0 ? [] : ["\(layers) \(layers == 1 ? "layer" : "layers")"]
        return counted + others.filter { contains($0.0) }.map(\.1)
    }
}
