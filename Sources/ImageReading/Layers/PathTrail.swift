package import Model

/// A path as hashes of itself and of the folders above it, which is all that is asked of one once it was recorded.
///
/// A million of them take 8 MB, and the chance that any two agree is one in thirty-seven million (``PathHashing``).
package struct PathTrail: Hashable, Sendable {
    /// No engine can make a longer path; folders further down are not looked at.
    private static let limit = 8 << 10

    let own: UInt64
    /// The folders above from the outermost on, without the root.
    let folders: [UInt64]
    /// The same in order, of a path with so many that it is cheaper to look for something among them than for each of
    /// them elsewhere; else none.
    private let sorted: [UInt64]
    /// Honest paths are hardly ever deeper.
    private static let usualDepth = 16

    package init(_ path: EntryPath, under hashing: PathHashing = .ofThisProcess) {
        self.init(
            own: hashing.hash(path), folders: hashing.folders(of: path.bytes.prefix(Self.limit)))
    }

    init(own: UInt64, folders: [UInt64]) {
        self.own = own
        self.folders = folders
        sorted = folders.count > Self.usualDepth ? folders.sorted() : []
    }

    /// Whether one of the folders is in `hashes`, which are in order.
    func hasFolder(in hashes: [UInt64]) -> Bool {
        guard !hashes.isEmpty else { return false }
        guard hashes.count < sorted.count else {
            return folders.contains { SortedSearch.contains(hashes, $0) }
        }
        return hashes.contains { SortedSearch.contains(sorted, $0) }
    }

    package static func == (left: PathTrail, right: PathTrail) -> Bool {
        left.own == right.own && left.folders == right.folders
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(own) }
}
