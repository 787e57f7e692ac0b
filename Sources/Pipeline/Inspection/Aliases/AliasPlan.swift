import Detection
import ImageReading
import Model

/// Which layers have what the links of an image lead to.
struct AliasPlan {
    /// A link, and the layer of which what is seen by it is told.
    struct Wanted {
        let alias: FileAlias
        let home: Int
    }

    /// By the layer that has the file.
    private(set) var wanted: [Int: [Wanted]] = [:]
    /// Links that lead to something which nobody can find, by the layer that has them.
    private(set) var lost: [(alias: FileAlias, home: Int)] = []

    /// Layers that write below names of which nobody knows where they lead in the layers below.
    private(set) var unfollowed: [Int] = []

    private let changes: [LayerChanges]
    private let tree: LayerTree
    private let detectors: DetectorSet
    /// By their paths, of each layer.
    private let folderLinks: [[UInt64: FolderLink]]
    private var stack: LinkStack

    init(_ layers: [InspectedLayer], tree: LayerTree, detectors: DetectorSet) {
        changes = layers.map(\.report.changes)
        self.tree = tree
        stack = LinkStack(tree, changes)
        folderLinks = changes.map(\.folderLinksByPath)
        self.detectors = detectors
        guard tree.parents.count == layers.count else {
            lost = layers.enumerated().flatMap { index, layer in layer.report.aliases.map { ($0, index) } }
            return
        }
        for (index, layer) in layers.enumerated() where !layer.report.aliases.isEmpty {
            let relatives = relatives(of: index)
            for alias in layer.report.aliases { place(alias, of: index, relatives) }
        }
        for index in layers.indices { placeWrittenThrough(index) }
    }

    /// Has layer `index` looked at by the names that its entries get where a layer below has links above them.
    ///
    /// Not all engines follow those: what was said of the entries by their own names holds as well.
    private mutating func placeWrittenThrough(_ index: Int) {
        let below = Array(tree.ancestry(of: index).dropFirst())
        var met: Set<UInt64> = []
        var isLost = false
        for (number, holder) in below.enumerated() {
            let implied = changes[index].impliedFolders(thatAreFilesIn: changes[holder])
            guard !implied.isEmpty else { continue }
            let between = below[..<number].map { changes[$0] }
            for folder in implied
            where met.insert(folder).inserted && !between.contains(where: { $0.hasFolder(folder) }) {
                guard let link = folderLinks[holder][folder] else {
                    isLost = true
                    continue
                }
                guard !between.contains(where: { $0.removes($0.trail(of: link.path)) }) else { continue }
                let links = stack.links(upTo: below[0])
                let end = links.end(of: link)
                // Further links on the way, below or above, are more than is followed.
                let isFurther = links.rests(below: end).contains { rest in
                    hasFolder(EntryPath(link.path.bytes + rest), index)
                }
                isLost = isLost || isFurther || writesLinks(below: link.path, index)
                guard let alias = FileAlias(link.path, leadingTo: end, detectors) else { continue }
                isLost = isLost || links.isIncomplete || changes[index].hasMoreFolderLinks
                wanted[index, default: []].append(Wanted(alias: alias, home: index))
            }
        }
        if isLost { unfollowed.append(index) }
    }

    private mutating func place(_ alias: FileAlias, of index: Int, _ relatives: [Int]) {
        guard alias.isSymbolic else {
            guard let holder = tree.ancestry(of: index).first(where: { writesFile(alias.target, $0) }) else {
                return lost.append((alias, index))
            }
            return wanted[holder, default: []].append(Wanted(alias: alias, home: index))
        }
        var holders = Set(self.holders(of: alias.target, relatives))
        let places = alias.places(detectors)
        for place in places { holders.formUnion(self.holders(of: place, relatives)) }
        // What lies in a folder is not known by name, but the folder is.
        let folders = [alias.target] + places.map(\.parent)
        holders.formUnion(relatives.filter { index in folders.contains { hasFolder($0, index) } })
        if holders.isEmpty, leadsThroughLink(alias.target, relatives) { lost.append((alias, index)) }
        for holder in holders.sorted() {
            wanted[holder, default: []].append(Wanted(alias: alias, home: max(index, holder)))
        }
    }

    /// The layers whose file at `path` may be the one that is there in the end: where they are a stack, one at most.
    private func holders(of path: EntryPath, _ relatives: [Int]) -> [Int] {
        guard relatives.count == changes.count else { return relatives.filter { writesFile(path, $0) } }
        for index in relatives.reversed() {
            if writesFile(path, index) { return [index] }
            if changes[index].removes(changes[index].trail(of: path)) { return [] }
        }
        return []
    }

    /// Whether a folder above `path` is no folder in some layer, but perhaps a link to one.
    private func leadsThroughLink(_ path: EntryPath, _ relatives: [Int]) -> Bool {
        var folder = path.parent
        while !folder.bytes.isEmpty {
            if relatives.contains(where: { writesFile(folder, $0) }) { return true }
            folder = folder.parent
        }
        return false
    }

    /// Whether the layer has symbolic links there that may lead to folders or to files of other layers.
    private func writesLinks(below path: EntryPath, _ index: Int) -> Bool {
        folderLinks[index].values.contains { $0.path.rest(below: path) != nil }
    }

    private func writesFile(_ path: EntryPath, _ index: Int) -> Bool {
        changes[index].writesFile(changes[index].trail(of: path))
    }

    private func hasFolder(_ path: EntryPath, _ index: Int) -> Bool {
        changes[index].hasOrImpliesFolder(changes[index].trail(of: path))
    }

    /// The layers that may lie in one image with this one, from the base up.
    private func relatives(of index: Int) -> [Int] {
        var isRelated = Set(tree.ancestry(of: index))
        for other in tree.parents.indices where other > index {
            if let parent = tree.parents[other], parent >= index, isRelated.contains(parent) {
                isRelated.insert(other)
            }
        }
        return isRelated.sorted()
    }
}
