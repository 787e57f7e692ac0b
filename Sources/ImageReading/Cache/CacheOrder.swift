internal import Model

/// The layers of a build cache in an order in which each stands behind the one it lies upon.
struct CacheOrder {
    private(set) var layers: [CacheConfiguration.Layer] = []
    /// For each the position of the one it lies upon, in the new order.
    private(set) var parents: [Int?] = []
    /// Blobs that the configuration names and the export does not list.
    private(set) var missing: [String] = []

    /// Orders `stored`; what is not `listed` is left out, and what lies upon it lies upon what is below.
    init(_ stored: [CacheConfiguration.Layer], listed: Set<Digest>, at place: String) throws(ImageError) {
        var children: [Int: [Int]] = [:]
        for (index, layer) in stored.enumerated() {
            guard (-1..<stored.count).contains(layer.parent) else {
                throw ImageError(
                    .malformedDocument, at: place,
                    "layer \(index) of the build cache lies upon one that it has not")
            }
            children[layer.parent, default: []].append(index)
        }
        var visited = 0
        var waiting: [(index: Int, below: Int?)] = (children[-1] ?? []).reversed().map { ($0, nil) }
        while let (index, below) = waiting.popLast() {
            visited += 1
            var own = below
            if Digest(stored[index].blob).map(listed.contains) ?? false {
                own = layers.count
                layers.append(stored[index])
                parents.append(below)
            } else {
                missing.append(stored[index].blob)
            }
            waiting += (children[index] ?? []).reversed().map { ($0, own) }
        }
        // Whatever no way leads to from the bottom lies upon itself in the end.
        guard visited == stored.count else {
            throw ImageError(
                .malformedDocument, at: place, "layers of the build cache lie upon each other in a circle")
        }
    }
}
