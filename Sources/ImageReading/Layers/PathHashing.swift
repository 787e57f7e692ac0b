internal import Cryptography
internal import Model

/// Makes paths into numbers under a key, so that no image can be made to have two paths with the same one.
package struct PathHashing: Hashable, Sendable {
    /// Anew in every process: what is hashed under it means nothing in another.
    package static let ofThisProcess: PathHashing = {
        var random = SystemRandomNumberGenerator()
        return PathHashing(key: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }()

    private let key: [UInt8]
    /// What the root is.
    let root: UInt64

    /// The hashes under `key`, which nobody who makes images may know.
    package init(key: [UInt8]) {
        self.key = key
        root = Self.number(SHA256Hasher.hash(key))
    }

    func hash(_ path: EntryPath) -> UInt64 {
        var hasher = SHA256Hasher()
        hasher.update(key.span)
        hasher.update(path.bytes.span)
        return Self.number(hasher.finish())
    }

    /// The hashes of what stands before each slash, in time that grows with the path alone.
    func folders(of path: ArraySlice<UInt8>) -> [UInt64] {
        var hashes: [UInt64] = []
        var hasher = SHA256Hasher()
        hasher.update(key.span)
        var start = path.startIndex
        while let end = path[start...].dropFirst(hashes.isEmpty ? 0 : 1).firstIndex(of: UInt8(ascii: "/")) {
            hasher.update(path[start..<end].span)
            hashes.append(Self.number(hasher.digestSoFar()))
            start = end
        }
        return hashes
    }

    /// The first eight bytes.
    private static func number(_ digest: [UInt8]) -> UInt64 {
        digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension PathHashing: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(key: try decoder.singleValueContainer().decode([UInt8].self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(key)
    }
}
