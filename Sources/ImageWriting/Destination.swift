internal import FoundationEssentials

/// Where an image is to stand, and the places beside it where it is made.
struct Destination {
    private let path: String
    private let isFolder: Bool
    /// The folder through which blobs go; it becomes the image where that is a folder.
    let folder: String
    /// The archive while it is made.
    let file: String

    init(_ path: String, isFolder: Bool) throws(ImageWriteError) {
        var path = path
        while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
        guard !path.isEmpty, path != "/" else {
            throw ImageWriteError(code: .destination, place: path, reason: "is no place for an image")
        }
        self.path = path
        self.isFolder = isFolder
        let slash = path.lastIndex(of: "/")
        let parent = slash.map { String(path[..<$0]) } ?? "."
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let beside = "\(parent)/.\(name).\(ProcessInfo.processInfo.processIdentifier)"
        folder = beside + ".blobs"
        file = beside + ".archive"
        try requireFolder(parent.isEmpty ? "/" : parent)
        try requireReplaceable()
        removeLeftovers()
    }

    /// Renames what was made to where it belongs.
    func accept(_ made: String) throws(ImageWriteError) {
        do {
            // Foundation moves over nothing, and a folder with entries could not be renamed over either.
            if FileManager.default.fileExists(atPath: path) {
                try FileManager.default.removeItem(atPath: path)
            }
            try FileManager.default.moveItem(atPath: made, toPath: path)
        } catch {
            throw ImageWriteError(
                code: .destination, place: path, reason: "cannot put the image in place",
                underlying: "\(error)")
        }
    }

    func removeLeftovers() {
        try? FileManager.default.removeItem(atPath: folder)
        try? FileManager.default.removeItem(atPath: file)
    }

    private func requireFolder(_ parent: String) throws(ImageWriteError) {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: parent, isDirectory: &isFolder), isFolder else {
            throw ImageWriteError(code: .destination, place: path, reason: "no folder \(parent) to write in")
        }
    }

    private func requireReplaceable() throws(ImageWriteError) {
        var isThereAsFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isThereAsFolder) else { return }
        guard isThereAsFolder == isFolder else {
            throw ImageWriteError(
                code: .destination, place: path,
                reason: isThereAsFolder ? "is a folder, not an archive" : "is a file, not a folder")
        }
        guard isFolder, !FileManager.default.fileExists(atPath: path + "/oci-layout") else { return }
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? ["unreadable"]
        guard entries.isEmpty else {
            throw ImageWriteError(
                code: .destination, place: path, reason: "is a folder with other things than an OCI layout")
        }
    }
}
