/// What the trees of a repository call the objects in them, so that content is looked at as the files that it was.
///
/// An object has any number of names. Memory is bounded: what is beyond has no path, and ``isShort`` tells whether that
/// leaves out a file that somebody looks for by its name.
struct GitPaths {
    private struct Entry {
        /// What the tree itself is known by.
        let holder: UInt64
        let start: UInt32
        let count: UInt32
        /// The next of the names that the same object has; -1 behind the last.
        var next: Int32 = -1
    }

    /// Objects' names, and bytes of them.
    private static let limit = 100_000
    private static let depth = 32
    /// So many names of one object are kept, and so many paths are told.
    private static let mostNames = 4
    private static let mostPaths = 8
    /// How often it is asked whether somebody looks for what there is no room for: from there on, somebody does.
    private static let mostQuestions = 10_000

    /// The first name of each object.
    private var first: [UInt64: Int32] = [:]
    private var entries: [Entry] = []
    private var names: [UInt8] = []
    private var questions = 0
    /// Whether a name was left out by which somebody looks for files.
    private(set) var isShort = false

    /// Takes down what `tree`, which is called `name`, names; `isWanted` says whether somebody looks for such a path.
    mutating func add(_ tree: GitTree, named name: [UInt8], isWanted: ([UInt8]) -> Bool) {
        let holder = Self.key(name)
        let label = first[holder].map { text(entries[Int($0)]) } ?? []
        for entry in tree.entries where !entry.name.isEmpty {
            let key = Self.key(entry.object)
            if !insert(entry.name, of: key, in: holder, label) { leaveOut(entry.name, label, isWanted) }
        }
    }

    /// The paths of an object, each from as far up as its trees are known.
    func paths(of name: [UInt8]) -> [[UInt8]] { paths(of: Self.key(name)) }

    /// The same of what is known by `key`.
    func paths(of key: UInt64) -> [[UInt8]] {
        var found: [[UInt8]] = []
        collect(key, below: [], into: &found)
        return found
    }

    static func key(_ name: some Sequence<UInt8>) -> UInt64 {
        name.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Adds a name, unless the object has it already in a folder that is called the same, as it has it in each version of
    /// the folder; false where there is no room.
    private mutating func insert(
        _ name: ArraySlice<UInt8>, of key: UInt64, in holder: UInt64, _ label: ArraySlice<UInt8>
    ) -> Bool {
        var last: Int32 = -1
        var count = 0
        var next = first[key] ?? -1
        while next >= 0 {
            let entry = entries[Int(next)]
            if text(entry) == name, entry.holder == holder || self.label(of: entry.holder) == label {
                return true
            }
            (last, next, count) = (next, entry.next, count + 1)
        }
        guard count < Self.mostNames, entries.count < Self.limit, names.count + name.count < 16 * Self.limit
        else { return false }
        let index = Int32(entries.count)
        entries.append(Entry(holder: holder, start: UInt32(names.count), count: UInt32(name.count)))
        names += name
        if last >= 0 { entries[Int(last)].next = index } else { first[key] = index }
        return true
    }

    private mutating func leaveOut(
        _ name: ArraySlice<UInt8>, _ label: ArraySlice<UInt8>, _ isWanted: ([UInt8]) -> Bool
    ) {
        guard !isShort else { return }
        questions += 1
        let path = label.isEmpty ? Array(name) : label + [UInt8(ascii: "/")] + name
        isShort = questions > Self.mostQuestions || isWanted(path)
    }

    private func label(of holder: UInt64) -> ArraySlice<UInt8> {
        first[holder].map { text(entries[Int($0)]) } ?? []
    }

    private func text(_ entry: Entry) -> ArraySlice<UInt8> {
        names[Int(entry.start)..<Int(entry.start) + Int(entry.count)]
    }

    private func collect(_ key: UInt64, below path: [ArraySlice<UInt8>], into found: inout [[UInt8]]) {
        guard found.count < Self.mostPaths else { return }
        guard path.count < Self.depth, var next = first[key] else {
            if !path.isEmpty {
                found.append(Array(path.reversed().joined(separator: [UInt8(ascii: "/")])))
            }
            return
        }
        while next >= 0 {
            let entry = entries[Int(next)]
            collect(entry.holder, below: path + [text(entry)], into: &found)
            next = entry.next
        }
    }
}
