internal import Model

/// The symbolic links of layers below that names in a layer pass through.
///
/// Engines that unpack a layer by itself, for overlayfs to lay it on the others, follow none of them, and the names are what
/// they say. Those that unpack it into what the layers below made follow them, as umoci does and containerd with other
/// file systems. Nobody can tell which is at work where an image is run.
struct CrossedLinks: Sendable {
    static let none = CrossedLinks()
    /// No honest layer passes through more.
    private static let most = 100

    /// Those that entries are written through, by the hashes of their paths as the layer calls them.
    private let written: [UInt64: FolderLink]
    /// The same by the hashes of where they lead to.
    private let entries: [UInt64: [FolderLink]]
    /// Those that the targets of hard links pass through, by the hashes of where they lead to.
    private let targets: [UInt64: [FolderLink]]
    /// Whether there are more of them than anybody knows of.
    let isUnknown: Bool
    var isNone: Bool { written.isEmpty && targets.isEmpty && !isUnknown }

    private init() { (written, entries, targets, isUnknown) = ([:], [:], [:], false) }

    /// What `layer` passes through of `links`, which are those of the layers below it: `written` are among the folders above
    /// its entries, and `targets` among those above what its hard links are made to.
    init(
        written: [FolderLink], targets: [FolderLink], isUnknown: Bool, of links: StackedLinks,
        _ layer: LayerChanges
    ) {
        let (folders, lower) = (layer.impliedFolders, layer.foldersOfLowerTargets)
        let entries = Self.followed(written, links) { SortedSearch.contains(folders, layer.hashing.hash($0)) }
        let linked = Self.followed(targets, links) { lower.contains(layer.hashing.hash($0)) }
        self.written = Dictionary(entries.map { (layer.hashing.hash($0.path), $0) }) { first, _ in first }
        self.entries = Dictionary(grouping: entries) { layer.hashing.hash($0.target) }
        self.targets = Dictionary(grouping: linked) { layer.hashing.hash($0.target) }
        self.isUnknown = isUnknown || links.isIncomplete || max(entries.count, linked.count) > Self.most
    }

    /// Where `first` lead, and the further links on the way that the layer has names behind; with one more than there may be
    /// it is not all.
    private static func followed(
        _ first: [FolderLink], _ links: StackedLinks, isNamed: (EntryPath) -> Bool
    ) -> [FolderLink] {
        var waiting = first.map { FolderLink(path: $0.path, target: links.end(of: $0)) }
        var done: [FolderLink] = []
        while let link = waiting.popLast(), done.count <= most {
            done.append(link)
            for rest in links.rests(below: link.target) {
                let name = EntryPath(link.path.bytes + rest)
                guard isNamed(name) else { continue }
                let path = EntryPath(link.target.bytes + rest)
                waiting.append(
                    FolderLink(path: name, target: links.end(of: FolderLink(path: path, target: path))))
            }
        }
        return done
    }

    /// Whether an entry of the layer that is called `name` may lie elsewhere.
    func isWrittenThrough(_ name: PathTrail) -> Bool {
        !written.isEmpty && name.folders.contains { written[$0] != nil }
    }

    /// Where the entry at `path` lies for who follows links; nil where nobody knows.
    func place(of path: EntryPath, _ trail: PathTrail) -> EntryPath? {
        guard !isUnknown else { return nil }
        guard let link = trail.folders.reversed().lazy.compactMap({ written[$0] }).first else { return path }
        return path.rest(below: link.path).map { EntryPath(link.target.bytes + $0) }
    }

    /// What an entry of the layer may be called that comes to lie at `path`, where it does by way of links.
    func entries(for path: EntryPath, _ trail: PathTrail, root: UInt64) -> [EntryPath] {
        Self.names(of: path, trail, root: root, by: entries)
    }

    /// What hard links of the layer may call the file at `path` below it, where they do by way of links.
    func targets(for path: EntryPath, _ trail: PathTrail, root: UInt64) -> [EntryPath] {
        Self.names(of: path, trail, root: root, by: targets)
    }

    private static func names(
        of path: EntryPath, _ trail: PathTrail, root: UInt64, by links: [UInt64: [FolderLink]]
    ) -> [EntryPath] {
        guard !links.isEmpty else { return [] }
        return (trail.folders + [root]).flatMap { links[$0] ?? [] }.compactMap { link in
            path.rest(below: link.target).map { EntryPath(link.path.bytes + $0) }
        }
    }

    /// Whether a hard link of the layer may be one to the file called `name`, of which only the hash is known.
    func mayLink(to name: PathTrail, root: UInt64) -> Bool {
        isUnknown || targets[root] != nil || name.folders.contains { targets[$0] != nil }
    }
}
