package import Model

extension LayerChanges {
    /// Where what layer `index` wrote at `path` stands in the final image, and which layer removed it, if one did.
    ///
    /// Another name for the same file keeps it present as long as that name is.
    package static func fate(of path: EntryPath, in index: Int, changes: [LayerChanges]) -> (
        persistence: Persistence, removedBy: Int?
    ) {
        guard changes.indices.contains(index) else { return (.present, nil) }
        let own = removal(of: path, above: index, changes)
        guard let own else { return (.present, nil) }
        var seen: Set<EntryPath> = []
        var waiting = changes[index].names(of: path).map { (name: $0, layer: index) }
        while let (name, layer) = waiting.popLast() {
            guard seen.insert(name).inserted else { continue }
            guard let end = removal(of: name, above: layer, changes) else { return (.present, nil) }
            for upper in changes.indices where upper >= layer && upper < end.removedBy {
                waiting += (changes[upper].hardLinks[name] ?? []).map { (name: $0, layer: upper) }
            }
        }
        return (own.persistence, own.removedBy)
    }

    /// Where the name `path`, which layer `index` wrote, stands in the final image: whoever writes it anew leaves it there.
    package static func fate(ofName path: EntryPath, in index: Int, changes: [LayerChanges]) -> (
        persistence: Persistence, removedBy: Int?
    ) {
        let last = changes.indices.last { $0 > index && changes[$0].writes(path) } ?? index
        let end = changes.indices.first { $0 > last && changes[$0].removes(path) }
        return end.map { (.deleted, $0) } ?? (.present, nil)
    }

    /// The first layer above `index` after which `path` is no longer what layer `index` wrote.
    private static func removal(of path: EntryPath, above index: Int, _ changes: [LayerChanges]) -> (
        persistence: Persistence, removedBy: Int
    )? {
        for upper in changes.indices where upper > index {
            if changes[upper].writes(path) { return (.overwritten, upper) }
            if changes[upper].removes(path) { return (.deleted, upper) }
        }
        return nil
    }

    private func writes(_ path: EntryPath) -> Bool { writesFile(path) || writesFolder(path) }
}
