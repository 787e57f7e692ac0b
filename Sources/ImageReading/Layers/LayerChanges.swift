internal import Archives
package import Model

/// What a layer does to the layers below it, in bounded memory: all paths are kept as hashes (``PathTrail``).
package struct LayerChanges: Sendable {
    /// No honest layer has more paths; they take 16 MB.
    static let limit = 2_000_000
    private static let whiteoutPrefix = Array(".wh.".utf8)
    private static let opaqueMark = Array(".wh..opq".utf8)

    /// How its paths are hashed: only what is hashed in the same way can be asked of it.
    let hashing: PathHashing
    /// Paths that the layer removes from those below.
    private(set) var whiteouts: [UInt64] = []
    /// Folders of which it hides everything below.
    private(set) var opaqueFolders: [UInt64] = []
    private(set) var files: [UInt64] = []
    private(set) var folders: [UInt64] = []
    private(set) var links = HardLinks()
    /// Folders that it has something in and no entry for before that: they are there, or engines make them.
    private(set) var impliedFolders: [UInt64] = []
    /// Its links that may lead to folders, the shortest first, as far as there is room for them.
    package private(set) var folderLinks: [FolderLink] = []
    /// Whether there were more of those.
    package private(set) var hasMoreFolderLinks = false
    private static let folderLinkRoom = 128 << 10
    /// Only while entries come: its symbolic links, the folders that there are, and the one that was met last.
    private var symbolicLinks = FolderLinks()
    private var metFolders: Set<UInt64> = []
    private var lastFolder: ArraySlice<UInt8> = []
    private var isSealed = true
    /// Whether there was more than there is room for.
    package private(set) var isIncomplete = false

    package init(hashing: PathHashing = .ofThisProcess) { self.hashing = hashing }

    /// As it was kept; sealed, whatever was kept.
    init(
        hashing: PathHashing, whiteouts: [UInt64], opaqueFolders: [UInt64], files: [UInt64],
        folders: [UInt64], links: HardLinks, impliedFolders: [UInt64], folderLinks: [FolderLink],
        hasMoreFolderLinks: Bool, isIncomplete: Bool
    ) {
        self.hashing = hashing
        (self.whiteouts, self.opaqueFolders) = (whiteouts, opaqueFolders)
        (self.files, self.folders) = (files, folders)
        self.links = links
        (self.impliedFolders, self.folderLinks) = (impliedFolders, folderLinks)
        self.hasMoreFolderLinks = hasMoreFolderLinks
        self.isIncomplete = isIncomplete
        isSealed = false
        seal()
    }

    /// The same of which nothing is kept.
    package var forgotten: LayerChanges {
        var changes = LayerChanges(hashing: hashing)
        changes.isIncomplete = true
        return changes
    }

    /// `path` as it can be asked for.
    package func trail(of path: EntryPath) -> PathTrail { PathTrail(path, under: hashing) }

    /// Whether it leaves all that lies below as it is.
    var isNothing: Bool {
        files.isEmpty && folders.isEmpty && whiteouts.isEmpty && opaqueFolders.isEmpty && links.isEmpty
    }

    /// Takes in one entry of the layer.
    package mutating func record(_ entry: FileEntry) {
        guard count < Self.limit else {
            isIncomplete = true
            return
        }
        isSealed = false
        recordFolders(of: entry.path)
        let bytes = entry.path.bytes
        let name = bytes[(bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1).advanced(by: 1)...]
        if name.starts(with: Self.whiteoutPrefix) {
            recordWhiteout(entry.path, name.dropFirst(Self.whiteoutPrefix.count))
            return
        }
        switch entry.kind {
        case .folder:
            symbolicLinks.record(entry.path, nil)
            let folder = hashing.hash(entry.path)
            folders.append(folder)
            metFolders.insert(folder)
        case .hardLink(let target):
            symbolicLinks.record(entry.path, nil)
            let place = symbolicLinks.resolved(target)
            let isKept = links.record(
                trail(of: entry.path), of: trail(of: place ?? target), behind: files.count)
            isIncomplete = isIncomplete || place == nil || !isKept
            files.append(hashing.hash(entry.path))
        case .symbolicLink(let target):
            symbolicLinks.record(entry.path, target)
            isIncomplete = isIncomplete || symbolicLinks.isIncomplete
            files.append(hashing.hash(entry.path))
        case .file, .special:
            symbolicLinks.record(entry.path, nil)
            files.append(hashing.hash(entry.path))
        }
    }

    /// Where `path` leads by the layer's links so far; nil where that is nowhere, and none once it was sealed.
    func resolved(_ path: EntryPath) -> EntryPath? { symbolicLinks.resolved(path, followingLast: true) }

    /// Where an entry at `path` comes to lie by the links that the layer has so far among the folders above it.
    mutating func place(of path: EntryPath) -> EntryPath {
        // Engines differ in what `..` behind a link is, and such a name is told of.
        if path.components.contains(where: { $0.elementsEqual("..".utf8) }) { return path }
        guard let place = symbolicLinks.resolved(path) else {
            isIncomplete = true
            return path
        }
        return place
    }

    /// What the symbolic link says that `entry`, which is a hard link, leads to; nil where that is none of the layer so far.
    func symbolicTarget(behind entry: ArchiveEntry) -> [UInt8]? {
        guard case .hardLink(let target) = entry.kind else { return nil }
        return symbolicLinks.resolved(EntryPath(target)).flatMap(symbolicLinks.target)
    }

    /// Takes down which of the folders above `path` the layer has nothing of before.
    private mutating func recordFolders(of path: EntryPath) {
        guard let end = path.bytes.lastIndex(of: UInt8(ascii: "/")), path.bytes[..<end] != lastFolder else {
            return
        }
        lastFolder = path.bytes[..<end]
        for folder in trail(of: path).folders where metFolders.insert(folder).inserted {
            impliedFolders.append(folder)
        }
    }

    private mutating func keepFolderLinks() {
        let paths = symbolicLinks.paths.sorted { ($0.bytes.count, $0) < ($1.bytes.count, $1) }
        var room = Self.folderLinkRoom
        for path in paths {
            guard let target = symbolicLinks.resolved(path, followingLast: true), target != path,
                !SortedSearch.contains(files, hashing.hash(target))
            else { continue }
            let link = FolderLink(path: path, target: target)
            room -= link.weight
            guard room > 0 else {
                hasMoreFolderLinks = true
                return
            }
            folderLinks.append(link)
        }
    }

    /// Makes it ready to be asked.
    package mutating func seal() {
        guard !isSealed else { return }
        whiteouts = Self.sorted(whiteouts)
        opaqueFolders = Self.sorted(opaqueFolders)
        links.settle(files)
        files = Self.sorted(files)
        folders = Self.sorted(folders)
        links.seal()
        impliedFolders = Self.sorted(impliedFolders)
        keepFolderLinks()
        (symbolicLinks, metFolders, lastFolder) = (FolderLinks(), [], [])
        isSealed = true
    }

    /// In order, and without the room that a growing list has: what it weighs must not tell how it came about.
    private static func sorted(_ hashes: [UInt64]) -> [UInt64] {
        var hashes = hashes.count < hashes.capacity ? hashes.map(\.self) : hashes
        hashes.sort()
        return hashes
    }

    /// About how many bytes of memory it takes once it is sealed; the same for the same paths.
    package var weight: Int {
        count * 8 + links.weight + folderLinks.reduce(0) { $0 + $1.weight }
    }

    private var count: Int {
        files.count + folders.count + whiteouts.count + opaqueFolders.count + impliedFolders.count
    }

    /// Whether it has a folder whose hash this is.
    package func hasFolder(_ folder: UInt64) -> Bool { SortedSearch.contains(folders, folder) }

    /// Whether it has something that is no folder and whose path has this hash.
    func hasFile(_ file: UInt64) -> Bool { SortedSearch.contains(files, file) }

    /// The folders above what its hard links give for targets, as far as those are files of layers below.
    var foldersOfLowerTargets: Set<UInt64> { links.isEmpty ? [] : links.foldersOfTargets(outside: files) }

    /// Its links that are kept, by the hashes of their paths.
    package var folderLinksByPath: [UInt64: FolderLink] {
        Dictionary(folderLinks.map { (hashing.hash($0.path), $0) }) { first, _ in first }
    }

    /// The folders that the layer takes to be there already and that are something else in `other`, one below it.
    package func impliedFolders(thatAreFilesIn other: LayerChanges) -> [UInt64] {
        impliedFolders.filter { SortedSearch.contains(other.files, $0) }
    }

    /// Whether the layer has an entry at `path` that is no folder.
    package func writesFile(_ path: PathTrail) -> Bool { SortedSearch.contains(files, path.own) }

    /// Whether the layer has a folder at `path`.
    package func writesFolder(_ path: PathTrail) -> Bool { SortedSearch.contains(folders, path.own) }

    /// Whether the layer has a folder at `path`, be it only that something lies in it.
    package func hasOrImpliesFolder(_ path: PathTrail) -> Bool {
        writesFolder(path) || SortedSearch.contains(impliedFolders, path.own)
    }

    /// Whether the layer hides what lower layers have at `path`, other than by writing that path itself.
    package func removes(_ path: PathTrail) -> Bool {
        if SortedSearch.contains(whiteouts, path.own) { return true }
        // One list after the other: most have nothing in them.
        if path.hasFolder(in: files) || path.hasFolder(in: whiteouts) || path.hasFolder(in: opaqueFolders) {
            return true
        }
        return path.own != hashing.root && SortedSearch.contains(opaqueFolders, hashing.root)
    }

    /// Adds the names that the layer makes for `path` itself.
    ///
    /// Of a file over which it writes, those that it made before that.
    func addAliases(of path: PathTrail, writtenOver: Bool, to names: inout FileNames) {
        guard !links.isEmpty else { return }
        links.aliases(of: path, writtenOver: writtenOver) { alias in
            names.insert(alias)
            return !names.areTooMany
        }
    }

    /// The name under which this layer has the bytes of what is at `path`: itself where that is no hard link.
    package func original(of path: PathTrail) -> PathTrail {
        guard !links.isEmpty else { return path }
        var names = FileNames([path])
        var original = path
        while !names.areTooMany, let target = links.target(of: original), names.insert(target) {
            original = target
        }
        return original
    }

    /// What `path` is another name for in this layer, itself where it is none, and all other names of that.
    package func names(of path: PathTrail) -> FileNames {
        var names = FileNames([path])
        guard !links.isEmpty else { return names }
        var original = path
        while !names.areTooMany, let target = links.target(of: original), names.insert(target) {
            original = target
        }
        var waiting = [original]
        while !names.areTooMany, let name = waiting.popLast() {
            links.aliases(of: name) { alias in
                if names.insert(alias) { waiting.append(alias) }
                return !names.areTooMany
            }
        }
        return names
    }

    /// Whether an entry at `path` stands for what it removes; AUFS's own files, which some engines write, do not.
    static func isMark(_ path: EntryPath) -> Bool {
        guard let name = path.components.last, name.starts(with: whiteoutPrefix) else { return false }
        let hidden = name.dropFirst(whiteoutPrefix.count)
        return hidden.elementsEqual(opaqueMark) || !hidden.starts(with: whiteoutPrefix) && !hidden.isEmpty
    }

    private mutating func recordWhiteout(_ path: EntryPath, _ hidden: ArraySlice<UInt8>) {
        if hidden.elementsEqual(Self.opaqueMark) {
            opaqueFolders.append(hashing.hash(path.parent))
        } else if !hidden.starts(with: Self.whiteoutPrefix), !hidden.isEmpty {
            // `.wh..wh.plnk` and the like are AUFS's own and remove nothing.
            whiteouts.append(hashing.hash(EntryPath(path.parent.bytes + [UInt8(ascii: "/")] + hidden)))
        }
    }
}
