import Detection
import ImageReading
import Model

/// A link whose name means something that the name of what it leads to does not: `etc/passwd`, which leads to `etc/.a`.
struct FileAlias: Hashable, Sendable, Codable {
    /// The name of the link.
    let path: EntryPath
    /// Where it leads.
    let target: EntryPath
    let isSymbolic: Bool
    /// Whether it stands for all that a layer has below ``target``, which lies below ``path`` because that is a link there.
    var isWrittenThrough = false

    /// The link that `entry` of a layer is; nil where it is none, or means nothing.
    ///
    /// What a hard link names may be `resolved` by way of links that the layer had before.
    init?(_ entry: FileEntry, resolved: (EntryPath) -> EntryPath?, _ detectors: DetectorSet) {
        switch entry.kind {
        case .hardLink(let target):
            // Nearly every link ends here, before anybody looks where it leads.
            guard !detectors.purposes(of: entry.path, beyond: EntryPath(""), isSymbolic: false).isEmpty else {
                return nil
            }
            self.init(
                path: entry.path, target: resolved(target) ?? target, isSymbolic: false, detectors)
        case .symbolicLink(let target):
            self.init(
                path: entry.path, target: entry.path.parent.following(target), isSymbolic: true, detectors)
        case .file, .folder, .special: return nil
        }
    }

    /// A folder that a layer writes to, though a layer below has `link` there.
    init?(_ link: EntryPath, leadingTo folder: EntryPath, _ detectors: DetectorSet) {
        let isMerged = Self.programs.contains(link) && Self.programs.contains(folder)
        guard link != folder, !isMerged || !Self.places(below: folder, link, detectors).isEmpty else {
            return nil
        }
        (path, target, isSymbolic, isWrittenThrough) = (folder, link, false, true)
    }

    /// Folders that systems have joined, so that layers are written by either name; nothing means more by one of them.
    private static let programs: Set<EntryPath> = Set(
        ["bin", "sbin", "lib", "lib32", "lib64", "libx32"].flatMap {
            [EntryPath($0), EntryPath("usr/" + $0)]
        })

    private init?(path: EntryPath, target: EntryPath, isSymbolic: Bool, _ detectors: DetectorSet) {
        guard path != target, !target.bytes.isEmpty || isSymbolic,
            !detectors.purposes(of: path, beyond: target, isSymbolic: isSymbolic).isEmpty
                || isSymbolic && !Self.places(below: path, target, detectors).isEmpty
        else { return nil }
        self.path = path
        self.target = target
        self.isSymbolic = isSymbolic
    }

    /// The same leading elsewhere; nil where it means nothing there.
    func led(to target: EntryPath, _ detectors: DetectorSet) -> FileAlias? {
        target == self.target
            ? self : FileAlias(path: path, target: target, isSymbolic: isSymbolic, detectors)
    }

    /// Where files of the system lie that are reached through the link, if it is one to a folder above them.
    func places(_ detectors: DetectorSet) -> [EntryPath] {
        isSymbolic ? Self.places(below: path, target, detectors) : []
    }

    /// The name by which the link leads to what lies at `path` in the folder that is its target; nil where it does not.
    func name(of path: EntryPath) -> EntryPath? {
        guard isSymbolic || isWrittenThrough, let rest = path.rest(below: target) else { return nil }
        return EntryPath(self.path.bytes + rest)
    }

    /// About how many bytes of memory it takes.
    var weight: Int { 120 + path.bytes.count + target.bytes.count }

    private static func places(
        below path: EntryPath, _ target: EntryPath, _ detectors: DetectorSet
    ) -> [EntryPath] {
        DetectorSet.systemPlaces.compactMap { place in
            guard let rest = place.rest(below: path) else { return nil }
            let other = EntryPath(target.bytes + rest)
            return detectors.purposes(of: place, beyond: other, isSymbolic: true).isEmpty ? nil : other
        }
    }
}
