/// What the trees of a repository call the objects in them, so that content is looked at as the file that it was.
///
/// In a pack, trees come before the content that they name. Memory is bounded: what is beyond has no path.
struct GitPaths {
    private struct Entry {
        /// What the tree itself is known by.
        let holder: UInt64
        let start: UInt32
        let count: UInt32
    }

    /// Objects, and bytes of names.
    private static let limit = 60_000
    private static let depth = 32
    private static let nameLength = 20

    private var entries: [UInt64: Entry] = [:]
    private var names: [UInt8] = []

    /// Takes down what `tree` names.
    mutating func add(_ tree: GitObject) {
        guard let holder = tree.name.map(Self.key) else { return }
        let bytes = tree.content
        var place = 0
        // Each is a mode, a blank, a name, a zero, and what the object is called.
        while let blank = bytes[place...].firstIndex(of: UInt8(ascii: " ")),
            let zero = bytes[blank...].firstIndex(of: 0), zero + Self.nameLength < bytes.count
        {
            let end = zero + 1 + Self.nameLength
            let key = Self.key(Array(bytes[zero + 1..<end]))
            place = end
            let name = bytes[blank + 1..<zero]
            guard !name.isEmpty, entries.count < Self.limit, names.count + name.count < 16 * Self.limit,
                entries[key] == nil
            else { continue }
            entries[key] = Entry(holder: holder, start: UInt32(names.count), count: UInt32(name.count))
            names += name
        }
    }

    /// The path of an object from as far up as its trees are known.
    func path(of object: GitObject) -> [UInt8]? {
        guard var key = object.name.map(Self.key), entries[key] != nil else { return nil }
        var components: [ArraySlice<UInt8>] = []
        while components.count < Self.depth, let entry = entries[key] {
            components.append(names[Int(entry.start)..<Int(entry.start) + Int(entry.count)])
            key = entry.holder
        }
        return Array(components.reversed().joined(separator: [UInt8(ascii: "/")]))
    }

    private static func key(_ name: [UInt8]) -> UInt64 { name.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }
}
