internal import Model

/// Which step of the history made which layer.
enum LayerHistory {
    /// Pairs the steps that made a layer with the layers, in order; where their counts differ, pairs none.
    ///
    /// The history is informal: nothing binds it to the layers, so a wrong count means that any pairing may be wrong.
    static func match(_ history: [ImageConfiguration.Step], with layers: [LayerDescriptor])
        -> (steps: [LayerFacts], mismatch: String?)
    {
        let made = history.count { !$0.emptyLayer }
        guard made == layers.count else {
            let mismatch =
                history.isEmpty
                ? "the image has no history"
                : "the history tells of \(made) layers and the image has \(layers.count)"
            return (layers.map { facts($0, history: nil, createdBy: nil) }, mismatch)
        }
        var remaining = layers[...]
        let steps = history.indices.map { position in
            let step = history[position]
            guard !step.emptyLayer, let layer = remaining.popFirst() else {
                return LayerFacts(
                    index: nil, history: position, createdBy: step.createdBy, origin: .unknown)
            }
            return facts(layer, history: position, createdBy: step.createdBy)
        }
        return (steps, nil)
    }

    private static func facts(_ layer: LayerDescriptor, history: Int?, createdBy: String?) -> LayerFacts {
        LayerFacts(
            index: layer.index, history: history, digest: layer.digest, diffID: layer.diffID,
            mediaType: layer.mediaType, size: layer.size, createdBy: createdBy, origin: .unknown)
    }
}
