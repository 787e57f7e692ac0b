/// The names of one file, as many as anybody follows.
package struct FileNames: Hashable, Sendable {
    /// Nobody follows more: the file is taken to be there under one of them.
    private static let limit = 1_000
    /// Folders above all of them together, each of which takes memory and time.
    private static let folderLimit = 64_000

    package private(set) var all: Set<PathTrail> = []
    private var folders = 0

    package init(_ names: [PathTrail]) {
        for name in names { insert(name) }
    }

    var isEmpty: Bool { all.isEmpty }

    /// Whether there are more than are followed; some are missing then.
    var areTooMany: Bool { all.count >= Self.limit || folders >= Self.folderLimit }

    /// Adds a name; false where it was there already.
    @discardableResult mutating func insert(_ name: PathTrail) -> Bool {
        guard all.insert(name).inserted else { return false }
        folders += name.folders.count
        return true
    }

    mutating func remove(_ name: PathTrail) {
        if all.remove(name) != nil { folders -= name.folders.count }
    }
}
