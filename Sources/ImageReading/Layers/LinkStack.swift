package import Model

/// The links of layers that lie on each other, by which the names of what is written above them lead.
package struct StackedLinks: Sendable {
    private var links = FolderLinks()
    private var hasMore = false
    /// Whether there are links that are not among them, so that nobody knows where some paths lead.
    package var isIncomplete: Bool { hasMore || links.isIncomplete }

    package init() {}

    /// Lays `layer` on the others.
    package mutating func add(_ layer: LayerChanges) {
        for path in links.paths {
            let trail = layer.trail(of: path)
            if layer.writesFolder(trail) || layer.writesFile(trail) || layer.removes(trail) {
                links.record(path, nil)
            }
        }
        hasMore = hasMore || layer.hasMoreFolderLinks
        for link in layer.folderLinks { links.record(link.path, [UInt8(ascii: "/")] + link.target.bytes) }
    }

    /// The paths of the links in `folder`, from there on: `/b` for `folder/b`.
    package func rests(below folder: EntryPath) -> [ArraySlice<UInt8>] {
        links.paths.compactMap { $0.rest(below: folder) }
    }

    /// Where `link` leads, which is that of one of them.
    package func end(of link: FolderLink) -> EntryPath {
        links.resolved(link.path, followingLast: true) ?? link.target
    }

    /// Whether there is a link at `path`.
    func hasLink(at path: EntryPath) -> Bool { links.target(of: path) != nil }
}

/// The links of each layer and all below it, one layer after the other: each is laid on what was asked for before, where it
/// lies on that.
package struct LinkStack {
    private let tree: LayerTree
    private let changes: [LayerChanges]
    private var last: (top: Int, links: StackedLinks)?

    package init(_ tree: LayerTree, _ changes: [LayerChanges]) { (self.tree, self.changes) = (tree, changes) }

    /// The links of layer `index` and all below it.
    package mutating func links(upTo index: Int) -> StackedLinks {
        var links = StackedLinks()
        var waiting = Array(tree.ancestry(of: index).reversed())[...]
        if let last, let place = waiting.firstIndex(of: last.top) {
            links = last.links
            waiting = waiting[(place + 1)...]
        }
        for layer in waiting { links.add(changes[layer]) }
        last = (index, links)
        return links
    }
}
