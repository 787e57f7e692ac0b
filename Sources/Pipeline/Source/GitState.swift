import FoundationEssentials
import Model

/// What git knows of the files of a work tree.
///
/// Read from the repository's own files. No `git` is called: it need not be there, and does what a tree's own settings
/// tell it to.
struct GitState {
    private let index: GitIndex?
    private let folders: GitFolders?
    /// The index of half a million files takes as much.
    private static let largestIndex = 64 << 20
    /// Why nothing can be said of files; nil where it can.
    let shortfall: String?

    init(top: String) {
        let folders = GitFolders(of: top)
        self.folders = folders
        guard let folders else {
            index = nil
            shortfall = nil
            return
        }
        let path = folders.own.map { $0 + "/index" }
        // A repository without an index tracks nothing yet.
        guard let path, FileManager.default.fileExists(atPath: path) else {
            index = nil
            shortfall = path == nil ? "where git keeps this work tree is not to be read" : nil
            return
        }
        let bytes = (try? WholeFile.read(path, atMost: Self.largestIndex, or: .unreadableSource)) ?? []
        index = GitIndex(bytes, hashLength: 20) ?? GitIndex(bytes, hashLength: 32)
        shortfall = index == nil ? "git's index is not to be read, so what is tracked is not known" : nil
    }

    /// The folders outside the tree in which git keeps its earlier versions.
    var historyOutside: [String] {
        guard let folders, !folders.isInside, let own = folders.own, let shared = folders.shared else {
            return []
        }
        let all = [shared + "/objects", shared + "/logs"] + (own == shared ? [] : [own + "/logs"])
        return all.filter { FileManager.default.fileExists(atPath: $0) }
    }

    /// What git knows of the file at `path` below the top.
    func state(of path: [UInt8]) -> SourcePlace.State {
        guard let folders else { return .unversioned }
        if path.starts(with: ".git/objects/".utf8) || path.starts(with: ".git/logs/".utf8) { return .history }
        guard shortfall == nil else { return .unversioned }
        return index?.paths.contains(Array(folders.prefix.utf8) + path) ?? false ? .tracked : .untracked
    }
}
