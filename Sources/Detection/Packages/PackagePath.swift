/// Paths as databases and layers name the same file: `/lib/a` and `/usr/lib/a` are one where `/lib` is a link.
enum PackagePath {
    private static let usr = Array("usr/".utf8)
    private static let merged = ["bin/", "sbin/", "lib"].map { Array($0.utf8) }

    /// FNV-1a of the path, without leading `/`, `./` and, before `bin`, `sbin` and `lib`, `usr/`.
    static func hash(_ path: Span<UInt8>) -> UInt64 {
        hash(path, onto: 0xcbf2_9ce4_8422_2325, from: beginning(of: path))
    }

    /// The same for the file `name` in `folder`, which is one such path.
    static func hash(_ folder: [UInt8], _ name: Span<UInt8>) -> UInt64 {
        guard !folder.isEmpty else { return hash(name) }
        var hash = hash(folder.span)
        hash = (hash ^ UInt64(UInt8(ascii: "/"))) &* prime
        return self.hash(name, onto: hash, from: 0)
    }

    private static let prime: UInt64 = 0x100_0000_01b3

    private static func hash(_ bytes: Span<UInt8>, onto start: UInt64, from first: Int) -> UInt64 {
        var hash = start
        for index in first..<max(first, bytes.count) { hash = (hash ^ UInt64(bytes[index])) &* prime }
        return hash
    }

    private static func beginning(of path: Span<UInt8>) -> Int {
        var start = 0
        while start < path.count, path[start] == UInt8(ascii: "/") || path[start] == UInt8(ascii: ".") {
            // A file whose name begins with a dot keeps it.
            if path[start] == UInt8(ascii: ".") {
                guard start + 1 < path.count, path[start + 1] == UInt8(ascii: "/") else { break }
            }
            start += 1
        }
        guard has(path, usr, at: start) else { return start }
        let rest = start + usr.count
        return merged.contains { has(path, $0, at: rest) } ? rest : start
    }

    private static func has(_ path: Span<UInt8>, _ part: [UInt8], at start: Int) -> Bool {
        guard path.count >= start + part.count else { return false }
        return part.indices.allSatisfy { path[start + $0] == part[$0] }
    }
}
