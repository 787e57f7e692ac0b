package import Model

/// Which layer lies upon which: one upon the other in an image, branching in a build cache.
package struct LayerTree: Sendable {
    /// For each layer the one below, which stands before it; nil where it lies upon none.
    package let parents: [Int?]
    private let children: [[Int]]

    /// The layers of an image, from the base up.
    package init(stackOf count: Int) { self.init(parents: (0..<count).map { $0 == 0 ? nil : $0 - 1 }) }

    init(parents: [Int?]) {
        self.parents = parents
        var children: [[Int]] = Array(repeating: [], count: parents.count)
        for (layer, parent) in parents.enumerated() { if let parent { children[parent].append(layer) } }
        self.children = children
    }

    /// A place on the way up from the layer that wrote a path.
    private struct Place {
        let layer: Int
        /// The names under which the file still is there.
        let names: FileNames
        /// What became of the path itself.
        var end: (persistence: Persistence, removedBy: Int)?
    }

    /// Where what layer `index` wrote at `path` stands at the end, and which layer removed it, if one did.
    ///
    /// It is present as long as there is a way up on which nothing removes it, and another name for the same file keeps it
    /// present as long as that name is.
    package func fate(of path: EntryPath, in index: Int, changes: [LayerChanges]) -> (
        persistence: Persistence, removedBy: Int?
    ) {
        guard children.indices.contains(index), changes.count == children.count else {
            return (.present, nil)
        }
        let path = changes[index].trail(of: path)
        var waiting = [Place(layer: index, names: changes[index].names(of: path))]
        var end: (persistence: Persistence, removedBy: Int)?
        while let place = waiting.popLast() {
            guard !place.names.areTooMany, !children[place.layer].isEmpty else { return (.present, nil) }
            for upper in children[place.layer].reversed() {
                let above = Self.place(of: path, in: upper, after: place, changes[upper])
                guard above.names.isEmpty else {
                    waiting.append(above)
                    continue
                }
                if let next = above.end, next.removedBy < end?.removedBy ?? .max { end = next }
            }
        }
        return end.map { ($0.persistence, $0.removedBy) } ?? (.present, nil)
    }

    /// The same of the name `path` itself: whoever writes it anew leaves it there.
    package func fate(ofName path: EntryPath, in index: Int, changes: [LayerChanges]) -> (
        persistence: Persistence, removedBy: Int?
    ) {
        guard children.indices.contains(index), changes.count == children.count else {
            return (.present, nil)
        }
        let path = changes[index].trail(of: path)
        var waiting: [(layer: Int, removedBy: Int?)] = [(index, nil)]
        var first: Int?
        while let (layer, removedBy) = waiting.popLast() {
            if children[layer].isEmpty {
                guard let removedBy else { return (.present, nil) }
                first = min(first ?? removedBy, removedBy)
            }
            for upper in children[layer] {
                let removal = changes[upper].removes(path) ? upper : nil
                waiting.append((upper, changes[upper].writes(path) ? nil : removedBy ?? removal))
            }
        }
        return (.deleted, first)
    }

    private static func place(
        of path: PathTrail, in layer: Int, after place: Place, _ changes: LayerChanges
    ) -> Place {
        guard !changes.isNothing else { return Place(layer: layer, names: place.names, end: place.end) }
        var names = place.names
        var end = place.end
        var writtenOver: Set<PathTrail> = []
        for name in place.names.all {
            guard let persistence = changes.removal(of: name) else { continue }
            names.remove(name)
            if persistence == .overwritten { writtenOver.insert(name) }
            if name == path, end == nil { end = (persistence, layer) }
        }
        // A layer may link to a file and then remove the name by which it did, or write it anew.
        for name in place.names.all where !names.areTooMany {
            changes.addAliases(of: name, writtenOver: writtenOver.contains(name), to: &names)
        }
        return Place(layer: layer, names: names, end: end)
    }
}

extension LayerChanges {
    /// What the layer does to a file that lies at `path` below it; nil where it leaves it alone.
    fileprivate func removal(of path: PathTrail) -> Persistence? {
        if writes(path) { return .overwritten }
        return removes(path) ? .deleted : nil
    }

    fileprivate func writes(_ path: PathTrail) -> Bool { writesFile(path) || writesFolder(path) }
}
