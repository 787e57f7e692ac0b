import FoundationEssentials

/// Where git keeps what it knows of a work tree, which need not be in it.
///
/// A linked work tree and a submodule have a file that names the place; a folder inside a work tree has nothing, and the
/// repository is that of a folder above.
struct GitFolders {
    /// Where the index of this work tree is; nil where it is not to be found.
    let own: String?
    /// Where the objects are, which linked work trees share.
    let shared: String?
    /// What stands before the paths below the tree in the index.
    let prefix: String
    /// Whether all of it lies below the tree, and is looked at there.
    let isInside: Bool

    /// Nil where the folder `top` is in no repository.
    init?(of top: String) {
        let store = top + "/.git"
        if let isFolder = Self.kind(of: store) {
            prefix = ""
            isInside = isFolder
            own = isFolder ? store : Self.named(by: store, in: top)
            shared = own.map(Self.shared)
            return
        }
        let path = URL(fileURLWithPath: top).resolvingSymlinksInPath().path
        var names = path.split(separator: "/")[...]
        var below: [Substring] = []
        while let name = names.popLast() {
            below.insert(name, at: 0)
            let folder = names.isEmpty ? "" : "/" + names.joined(separator: "/")
            guard let isFolder = Self.kind(of: folder + "/.git") else { continue }
            let own = isFolder ? folder + "/.git" : Self.named(by: folder + "/.git", in: folder)
            // Any folder may have that name.
            guard let own, Self.kind(of: own + "/HEAD") == false else { continue }
            self.own = own
            shared = Self.shared(own)
            prefix = below.joined(separator: "/") + "/"
            isInside = false
            return
        }
        return nil
    }

    /// Whether a folder is there, or something else; nil where nothing is.
    private static func kind(of path: String) -> Bool? {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) ? isFolder : nil
    }

    /// The folder that a file named `.git` points to, as in a linked work tree or a submodule.
    private static func named(by file: String, in folder: String) -> String? {
        guard let line = line(of: file), line.hasPrefix("gitdir: ") else { return nil }
        return path(String(line.dropFirst(8)), from: folder)
    }

    /// Where the repository is of which `own` is a work tree's part.
    private static func shared(_ own: String) -> String {
        line(of: own + "/commondir").map { path($0, from: own) } ?? own
    }

    private static func line(of file: String) -> String? {
        guard let bytes = try? WholeFile.read(file, atMost: 8_192, or: .unreadableSource) else { return nil }
        return String(String(decoding: bytes, as: UTF8.self).prefix { $0 != "\n" })
    }

    private static func path(_ name: String, from folder: String) -> String {
        URL(fileURLWithPath: name.hasPrefix("/") ? name : "\(folder)/\(name)").standardized.path
    }
}
