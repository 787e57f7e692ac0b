import Archives
package import Model

/// What a layer does to the layers below it.
///
/// Written paths are kept as 64-bit hashes: a million of them take 8 MB, and the chance that any two of those agree is
/// one in thirty-seven million. The hashes are keyed anew in every process, so no image can be made to have such a pair.
package struct LayerChanges: Sendable {
    /// Paths that the layer removes from those below.
    package private(set) var whiteouts: Set<EntryPath> = []
    /// Folders of which it hides everything below.
    package private(set) var opaqueFolders: Set<EntryPath> = []
    /// Names by the name they are another one for.
    package private(set) var hardLinks: [EntryPath: [EntryPath]] = [:]
    private var linkTargets: [EntryPath: EntryPath] = [:]
    private var files: [UInt64] = []
    private var folders: [UInt64] = []
    private var isSealed = true

    package init() {}

    /// Takes in one entry of the layer.
    package mutating func record(_ entry: FileEntry) {
        isSealed = false
        let bytes = entry.path.bytes
        let name = bytes[(bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1).advanced(by: 1)...]
        if name.starts(with: Self.whiteoutPrefix) {
            recordWhiteout(entry.path, name.dropFirst(Self.whiteoutPrefix.count))
            return
        }
        switch entry.kind {
        case .folder:
            folders.append(Self.hash(entry.path.bytes[...]))
        case .hardLink(let target):
            hardLinks[target, default: []].append(entry.path)
            linkTargets[entry.path] = target
            files.append(Self.hash(entry.path.bytes[...]))
        case .file, .symbolicLink, .special:
            files.append(Self.hash(entry.path.bytes[...]))
        }
    }

    /// The same, ready to be asked.
    package func sealed() -> LayerChanges {
        guard !isSealed else { return self }
        var result = self
        result.files.sort()
        result.folders.sort()
        result.isSealed = true
        return result
    }

    /// About how many bytes of memory it takes.
    package var weight: Int {
        (files.count + folders.count) * 8
            + (whiteouts.count + opaqueFolders.count + 2 * linkTargets.count) * 120
    }

    /// Whether the layer has an entry at `path` that is no folder.
    package func writesFile(_ path: EntryPath) -> Bool { Self.contains(files, Self.hash(path.bytes[...])) }

    /// Whether the layer has a folder at `path`.
    package func writesFolder(_ path: EntryPath) -> Bool {
        Self.contains(folders, Self.hash(path.bytes[...]))
    }

    /// Whether the layer hides what lower layers have at `path`, other than by writing that path itself.
    package func removes(_ path: EntryPath) -> Bool {
        if whiteouts.contains(path) { return true }
        let bytes = path.bytes.prefix(Self.pathLimit)
        for end in bytes.indices where bytes[end] == UInt8(ascii: "/") {
            if Self.contains(files, Self.hash(bytes[..<end])) { return true }
            guard !whiteouts.isEmpty || !opaqueFolders.isEmpty else { continue }
            let ancestor = EntryPath(bytes[..<end])
            if whiteouts.contains(ancestor) || opaqueFolders.contains(ancestor) { return true }
        }
        return !bytes.isEmpty && opaqueFolders.contains(EntryPath(""))
    }

    /// What `path` is another name for in this layer, itself where it is none, and all other names of that.
    package func names(of path: EntryPath) -> Set<EntryPath> {
        var original = path
        var seen: Set<EntryPath> = [path]
        while let target = linkTargets[original], seen.insert(target).inserted { original = target }
        seen.insert(original)
        var waiting = [original]
        while let name = waiting.popLast() {
            for alias in hardLinks[name] ?? [] where seen.insert(alias).inserted { waiting.append(alias) }
        }
        return seen
    }

    /// No engine can make a longer path, and looking up every folder of a path takes time that grows with its square.
    private static let pathLimit = 8 << 10
    private static let whiteoutPrefix = Array(".wh.".utf8)
    private static let opaqueMark = Array(".wh..opq".utf8)

    private mutating func recordWhiteout(_ path: EntryPath, _ hidden: ArraySlice<UInt8>) {
        if hidden.elementsEqual(Self.opaqueMark) {
            opaqueFolders.insert(path.parent)
        } else if !hidden.starts(with: Self.whiteoutPrefix), !hidden.isEmpty {
            // `.wh..wh.plnk` and the like are AUFS's own and remove nothing.
            whiteouts.insert(EntryPath(path.parent.bytes + [UInt8(ascii: "/")] + hidden))
        }
    }

    private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        ByteHash.hash(bytes)
    }

    private static func contains(_ sorted: [UInt64], _ hash: UInt64) -> Bool {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low < sorted.count && sorted[low] == hash
    }
}
