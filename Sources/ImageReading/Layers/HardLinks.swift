internal import Model

/// Which names of a layer are other names for one file.
///
/// Kept as hashes, with the folder of each, so that a name found here can be looked for in other layers.
struct HardLinks: Sendable {
    private struct Link {
        let alias: UInt64
        let target: UInt64
        /// Whether the layer wrote its target only after the link, which so is one to the file of a lower layer.
        var leadsBelow = false
    }

    /// An honest layer with a package cache has some ten thousand.
    static let limit = 200_000
    private static let folderLimit = 390_000

    private var links: [Link] = []
    /// Only while links come: how many files the layer had before each.
    private var filesBefore: [Int32] = []
    /// Where in ``links`` each is: by target, and by alias.
    private var byTarget: [Int32] = []
    private var byAlias: [Int32] = []
    /// The folder that a name or another folder lies in; none for what lies in the root.
    private var folders: [UInt64: UInt64] = [:]

    var isEmpty: Bool { links.isEmpty }
    /// How many bytes of memory it takes at most; the same for the same links.
    var weight: Int { links.count * 48 + folders.count * 48 }

    /// Takes a link down; false where there is no more room.
    mutating func record(_ alias: PathTrail, of target: PathTrail, behind files: Int) -> Bool {
        guard links.count < Self.limit, folders.count < Self.folderLimit else { return false }
        note(alias)
        note(target)
        links.append(Link(alias: alias.own, target: target.own))
        filesBefore.append(Int32(clamping: files))
        return true
    }

    /// Tells links to files of lower layers, once all `files` of the layer have come, in the order in which they came.
    mutating func settle(_ files: [UInt64]) {
        guard !filesBefore.isEmpty else { return }
        let targets = Set(links.map(\.target))
        var first: [UInt64: Int] = [:]
        for (position, file) in files.enumerated() where targets.contains(file) && first[file] == nil {
            first[file] = position
        }
        for (index, before) in filesBefore.enumerated() {
            links[index].leadsBelow = first[links[index].target].map { $0 >= Int(before) } ?? false
        }
        filesBefore = []
    }

    /// Makes it ready to be asked.
    mutating func seal() {
        byTarget = links.indices.map { Int32($0) }
        byAlias = byTarget
        byTarget.sort { (links[Int($0)].target, $0) < (links[Int($1)].target, $1) }
        byAlias.sort { (links[Int($0)].alias, $0) < (links[Int($1)].alias, $1) }
    }

    /// Shows the names that were made for `name` itself, as long as `take` wants more.
    ///
    /// Of a file of a lower layer over which this one writes, those that were made before that.
    func aliases(of name: PathTrail, writtenOver: Bool = false, _ take: (PathTrail) -> Bool) {
        let first = SortedSearch.first(in: byTarget.indices) { links[Int(byTarget[$0])].target >= name.own }
        for place in byTarget[first...] {
            let link = links[Int(place)]
            guard link.target == name.own else { return }
            if writtenOver, !link.leadsBelow { continue }
            guard take(trail(link.alias)) else { return }
        }
    }

    /// What `name` was last made another name for; nil where it was not.
    func target(of name: PathTrail) -> PathTrail? {
        let behind = SortedSearch.first(in: byAlias.indices) { links[Int(byAlias[$0])].alias > name.own }
        guard behind > 0, links[Int(byAlias[behind - 1])].alias == name.own else { return nil }
        return trail(links[Int(byAlias[behind - 1])].target)
    }

    /// The folders above the targets that are not among the `files` of the layer itself when the links come.
    func foldersOfTargets(outside files: [UInt64]) -> Set<UInt64> {
        var above: Set<UInt64> = []
        for link in links where link.leadsBelow || !SortedSearch.contains(files, link.target) {
            var place = link.target
            while let folder = folders[place], above.insert(folder).inserted { place = folder }
        }
        return above
    }

    private mutating func note(_ trail: PathTrail) {
        var name = trail.own
        for folder in trail.folders.reversed() {
            guard folders.updateValue(folder, forKey: name) == nil else { return }
            name = folder
        }
    }

    private func trail(_ name: UInt64) -> PathTrail {
        var above: [UInt64] = []
        var place = name
        while let folder = folders[place] {
            above.append(folder)
            place = folder
        }
        return PathTrail(own: name, folders: above.reversed())
    }
}

extension HardLinks: Codable {
    /// The links as pairs of alias and target, and each name with the folder it lies in.
    private enum Key: String, CodingKey { case links, folders, below }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func pairs(_ key: Key) throws -> [(UInt64, UInt64)] {
            let numbers = try values.decode(PackedNumbers.self, forKey: key).numbers
            return stride(from: 0, to: numbers.count - 1, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
        }
        links = try pairs(.links).map { Link(alias: $0.0, target: $0.1) }
        let below = try values.decode(PackedNumbers.self, forKey: .below).numbers
        for index in below where index < UInt64(links.count) { links[Int(index)].leadsBelow = true }
        folders = Dictionary(try pairs(.folders)) { first, _ in first }
        seal()
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(PackedNumbers(links.flatMap { [$0.alias, $0.target] }), forKey: .links)
        let below = links.indices.filter { links[$0].leadsBelow }.map { UInt64($0) }
        try values.encode(PackedNumbers(below), forKey: .below)
        let sorted = folders.sorted { $0.key < $1.key }
        try values.encode(PackedNumbers(sorted.flatMap { [$0.key, $0.value] }), forKey: .folders)
    }
}
