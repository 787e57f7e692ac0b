package import Model

/// What each layer does to those below it, and which that are: tells what became of their files.
package struct LayerStack: Sendable {
    package typealias Fate = (persistence: Persistence, removedBy: Int?)

    private let tree: LayerTree
    private let changes: [LayerChanges]
    /// Of each layer.
    private let crossed: [CrossedLinks]
    private let hasCrossedLinks: Bool

    /// The layers of `tree`, each with what it does; of fewer or more than that has nothing can be told.
    package init(_ tree: LayerTree, _ changes: [LayerChanges]) {
        self.tree = tree
        guard changes.count == tree.parents.count else {
            (self.changes, crossed, hasCrossedLinks) = ([], [], false)
            return
        }
        self.changes = changes
        crossed = Self.crossedLinks(tree, changes)
        hasCrossedLinks = crossed.contains { !$0.isNone }
    }

    /// A name that is known in full.
    private struct Spelled {
        let path: EntryPath
        let trail: PathTrail
    }

    /// A place on the way up from the layer that wrote a path.
    private struct Place {
        let layer: Int
        /// The names under which the file still is there.
        var names: FileNames
        /// What became of the path itself.
        var end: (persistence: Persistence, removedBy: Int)?
        /// Whether it may be there under a name that nobody can follow.
        var isBeyondTelling = false
    }

    /// Where what layer `index` wrote at `path` stands at the end, and which layer removed it, if one did.
    ///
    /// It is present as long as there is a way up on which nothing removes it, and another name for the same file keeps it
    /// present as long as that name is. Where engines differ, it is present if it is to any of them, and else removed when
    /// it is gone to all.
    package func fate(of path: EntryPath, in index: Int) -> Fate {
        guard changes.indices.contains(index) else { return (.present, nil) }
        let name = Spelled(path: path, trail: changes[index].trail(of: path))
        let start = changes[index].names(of: name.trail)
        // What a mark holds no engine writes anywhere.
        guard !LayerChanges.isMark(path) || start.all.count > 1 else { return (.deleted, index) }
        let plain = fate(of: name, in: index, start: start)
        guard hasCrossedLinks, let removal = plain.removedBy else { return plain }
        guard let place = place(of: name, in: index) else { return (.present, nil) }
        var names = start
        if place.trail != name.trail {
            for other in changes[index].names(of: place.trail).all { names.insert(other) }
            names.remove(name.trail)
        }
        let followed = fate(of: place, in: index, start: names, followsLinks: true)
        return followed.removedBy.map { $0 > removal } ?? true ? followed : plain
    }

    private func fate(
        of name: Spelled, in index: Int, start: FileNames, followsLinks: Bool = false
    ) -> Fate {
        let isBeyondTelling = followsLinks && isUntold(start.all, but: name, in: index)
        var waiting = [Place(layer: index, names: start, isBeyondTelling: isBeyondTelling)]
        var end: (persistence: Persistence, removedBy: Int)?
        while let place = waiting.popLast() {
            guard !place.names.areTooMany, !place.isBeyondTelling, !tree.children[place.layer].isEmpty else {
                return (.present, nil)
            }
            for upper in tree.children[place.layer].reversed() {
                let above = self.place(of: name, in: upper, after: place, followsLinks: followsLinks)
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
    package func fate(ofName path: EntryPath, in index: Int) -> Fate {
        guard changes.indices.contains(index) else { return (.present, nil) }
        let name = Spelled(path: path, trail: changes[index].trail(of: path))
        guard let place = place(of: name, in: index),
            let plain = removal(ofName: name.trail, in: index),
            let followed = removal(ofName: place.trail, in: index)
        else { return (.present, nil) }
        return (.deleted, max(plain, followed))
    }

    /// The first layer to remove the name that layer `index` has; nil where one way up leaves it there.
    private func removal(ofName name: PathTrail, in index: Int) -> Int? {
        var waiting: [(layer: Int, removedBy: Int?)] = [(index, nil)]
        var first: Int?
        while let (layer, removedBy) = waiting.popLast() {
            if tree.children[layer].isEmpty {
                guard let removedBy else { return nil }
                first = min(first ?? removedBy, removedBy)
            }
            for upper in tree.children[layer] {
                let removal = changes[upper].removes(name) ? upper : nil
                waiting.append((upper, changes[upper].writes(name) ? nil : removedBy ?? removal))
            }
        }
        return first
    }

    /// Where the entry of layer `index` called `name` lies for who follows links of layers below; nil where nobody knows.
    private func place(of name: Spelled, in index: Int) -> Spelled? {
        guard crossed[index].isWrittenThrough(name.trail) else { return name }
        guard let path = crossed[index].place(of: name.path, name.trail) else { return nil }
        return Spelled(path: path, trail: changes[index].trail(of: path))
    }

    private func place(of name: Spelled, in layer: Int, after place: Place, followsLinks: Bool) -> Place {
        let changes = changes[layer]
        var above = Place(layer: layer, names: place.names, end: place.end)
        guard !changes.isNothing else { return above }
        var writtenOver: Set<PathTrail> = []
        for other in place.names.all {
            var persistence = changes.removal(of: other)
            if persistence == nil, followsLinks, other == name.trail {
                persistence =
                    crossed[layer].entries(for: name.path, other, root: changes.hashing.root)
                    .lazy.compactMap { changes.removal(of: changes.trail(of: $0)) }.first
            }
            guard let persistence else { continue }
            above.names.remove(other)
            if persistence == .overwritten { writtenOver.insert(other) }
            if other == name.trail, above.end == nil { above.end = (persistence, layer) }
        }
        // A layer may link to a file and then remove the name by which it did, or write it anew.
        for other in place.names.all where !above.names.areTooMany {
            changes.addAliases(of: other, writtenOver: writtenOver.contains(other), to: &above.names)
            guard followsLinks else { continue }
            guard other == name.trail else {
                above.isBeyondTelling =
                    above.isBeyondTelling || crossed[layer].mayLink(to: other, root: changes.hashing.root)
                continue
            }
            above.isBeyondTelling = above.isBeyondTelling || crossed[layer].isUnknown
            for target in crossed[layer].targets(for: name.path, other, root: changes.hashing.root) {
                let trail = changes.trail(of: target)
                changes.addAliases(of: trail, writtenOver: changes.writes(trail), to: &above.names)
            }
        }
        if followsLinks, !above.isBeyondTelling {
            let new = above.names.all.subtracting(place.names.all)
            above.isBeyondTelling = isUntold(new, but: name, in: layer)
        }
        return above
    }

    /// Whether one of the names that layer `index` gives a file may lie elsewhere, which no hash tells.
    private func isUntold(_ names: Set<PathTrail>, but known: Spelled, in index: Int) -> Bool {
        names.contains { crossed[index].isWrittenThrough($0) && $0 != known.trail }
    }

    private static func crossedLinks(_ tree: LayerTree, _ changes: [LayerChanges]) -> [CrossedLinks] {
        var stack = LinkStack(tree, changes)
        let links = changes.map(\.folderLinksByPath)
        return changes.indices.map { index in
            let below = tree.ancestry(of: index).dropFirst()
            guard let top = below.first, below.contains(where: { !links[$0].isEmpty }) else { return .none }
            let isCut = below.contains { changes[$0].hasMoreFolderLinks }
            let entries = changes[index].impliedFolders
            let targets = changes[index].foldersOfLowerTargets
            func found(_ folders: some Sequence<UInt64>) -> [FolderLink] {
                folders.compactMap { folder in below.lazy.compactMap { links[$0][folder] }.first }
            }
            let (written, linked) = (found(entries), found(targets))
            let isUnknown =
                isCut
                && targets.contains { folder in
                    below.contains { links[$0][folder] == nil && changes[$0].hasFile(folder) }
                }
            guard !written.isEmpty || !linked.isEmpty || isUnknown else { return .none }
            let lower = stack.links(upTo: top)
            return CrossedLinks(
                written: written.filter { lower.hasLink(at: $0.path) },
                targets: linked.filter { lower.hasLink(at: $0.path) }, isUnknown: isUnknown, of: lower,
                changes[index])
        }
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
