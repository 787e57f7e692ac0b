import FoundationEssentials
import Model

/// What git knows of the files of a work tree.
///
/// Read from the repository's own files. No `git` is called: it need not be there, and does what a tree's own settings
/// tell it to.
struct GitState {
    private let index: GitIndex?
    private let isRepository: Bool
    /// The index of half a million files takes as much.
    private static let largestIndex = 64 << 20
    /// Why nothing can be said of files; nil where it can.
    let shortfall: String?

    init(top: String) {
        let store = top + "/.git"
        var isFolder = false
        isRepository = FileManager.default.fileExists(atPath: store, isDirectory: &isFolder)
        guard isRepository else {
            index = nil
            shortfall = nil
            return
        }
        let folder = isFolder ? store : Self.linked(store, top: top)
        let path = (folder ?? store) + "/index"
        // A repository without an index tracks nothing yet.
        guard FileManager.default.fileExists(atPath: path) else {
            index = nil
            shortfall = folder == nil ? "where git keeps this work tree is not to be read" : nil
            return
        }
        let bytes = (try? WholeFile.read(path, atMost: Self.largestIndex, or: .unreadableSource)) ?? []
        index = GitIndex(bytes, hashLength: 20) ?? GitIndex(bytes, hashLength: 32)
        shortfall = index == nil ? "git's index is not to be read, so what is tracked is not known" : nil
    }

    /// What git knows of the file at `path` below the top.
    func state(of path: [UInt8]) -> SourcePlace.State {
        guard isRepository else { return .unversioned }
        if path.starts(with: ".git/objects/".utf8) || path.starts(with: ".git/logs/".utf8) { return .history }
        guard shortfall == nil else { return .unversioned }
        return index?.paths.contains(path) ?? false ? .tracked : .untracked
    }

    /// The folder that a file named `.git` points to, as in a linked work tree or a submodule.
    private static func linked(_ file: String, top: String) -> String? {
        guard let bytes = try? WholeFile.read(file, atMost: 8_192, or: .unreadableSource) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasPrefix("gitdir: ") else { return nil }
        let path = text.dropFirst(8).prefix { $0 != "\n" }
        return path.hasPrefix("/") ? String(path) : "\(top)/\(path)"
    }
}
