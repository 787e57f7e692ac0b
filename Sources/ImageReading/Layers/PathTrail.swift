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

    package init(_ path: EntryPath, under hashing: PathHashing = .ofThisProcess) {
        own = hashing.hash(path)
        folders = hashing.folders(of: path.bytes.prefix(Self.limit))
    }

    init(own: UInt64, folders: [UInt64]) {
        self.own = own
        self.folders = folders
    }
}
