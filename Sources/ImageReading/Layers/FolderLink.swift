package import Model

/// A symbolic link of a layer that leads to no file of the same layer, so that it may lead to a folder.
package struct FolderLink: Hashable, Sendable, Codable {
    package let path: EntryPath
    /// Where it leads by the links of its layer.
    package let target: EntryPath

    /// About how many bytes of memory it takes.
    var weight: Int { 100 + path.bytes.count + target.bytes.count }
}

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
}
