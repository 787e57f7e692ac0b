internal import Cryptography
package import Model

/// A path as hashes of itself and of the folders above it, which is all that is asked of one once it was recorded.
///
/// Each is the first half of a SHA-256: no image can be made to have two paths with the same one, and what is kept of a
/// layer means the same in the next run. A million of them take 16 MB.
package struct PathTrail: Hashable, Sendable {
    /// The first 16 bytes of a path's SHA-256.
    typealias Hash = UInt128

    /// No engine can make a longer path; folders further down are not looked at.
    private static let limit = 8 << 10

    static let root = hash(EntryPath(""))

    let own: Hash
    /// The folders above from the outermost on, without the root.
    let folders: [Hash]

    package init(_ path: EntryPath) {
        own = Self.hash(path)
        folders = Self.folders(of: path.bytes.prefix(Self.limit))
    }

    init(own: Hash, folders: [Hash]) {
        self.own = own
        self.folders = folders
    }

    static func hash(_ path: EntryPath) -> Hash { half(SHA256Hasher.hash(path.bytes)) }

    /// What stands before each slash, in time that grows with the path alone.
    private static func folders(of path: ArraySlice<UInt8>) -> [Hash] {
        var hashes: [Hash] = []
        var hasher = SHA256Hasher()
        var start = path.startIndex
        while let end = path[start...].dropFirst(hashes.isEmpty ? 0 : 1).firstIndex(of: UInt8(ascii: "/")) {
            hasher.update(path[start..<end].span)
            hashes.append(half(hasher.digestSoFar()))
            start = end
        }
        return hashes
    }

    private static func half(_ digest: [UInt8]) -> Hash {
        digest.prefix(16).reduce(0) { $0 << 8 | Hash($1) }
    }
}
