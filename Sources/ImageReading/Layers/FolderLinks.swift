package import Model

/// The symbolic links of a layer so far, by which the names of its other entries, and those that hard links give for their
/// targets, may lead.
struct FolderLinks: Sendable {
    /// How many bytes of them are kept: an honest layer has some ten thousand of some hundred bytes.
    private static let capacity = 16 << 20
    /// What one takes beside its names.
    private static let overhead = 160
    /// As many as the kernel follows.
    private static let stepLimit = 40

    /// No system takes a longer path, nor one of more names.
    private static let longestPath = 8 << 10
    private static let mostNames = 4_096

    private struct Link {
        let path: EntryPath
        let target: [UInt8]
    }

    /// By the hash of the names that lead to each, which can be had name by name: to make the path itself anew for each of
    /// its folders would take as long as it is long, as often as it has folders.
    private var links: [Int: Link] = [:]
    private var room = FolderLinks.capacity
    /// Whether there were more than are kept, so that nobody knows where some paths lead.
    private(set) var isIncomplete = false

    /// The paths of all of them.
    var paths: [EntryPath] { links.values.map(\.path) }

    /// Takes down what the layer has at `path`: a link to `target`, or where that is nil something else.
    mutating func record(_ path: EntryPath, _ target: [UInt8]?) {
        guard let target else {
            if !links.isEmpty { links[Self.key(of: path)] = nil }
            return
        }
        room -= target.count + path.bytes.count + Self.overhead
        isIncomplete = isIncomplete || room <= 0
        guard room > 0 else { return }
        links[Self.key(of: path)] = Link(path: path, target: target)
    }

    /// What the link at `path` says; nil where there is none.
    func target(of path: EntryPath) -> [UInt8]? {
        links.isEmpty ? nil : links[Self.key(of: path)].flatMap { $0.path == path ? $0.target : nil }
    }

    /// Where `path` is behind the links among the folders above it, and with `followingLast` behind itself; nil where
    /// that is longer than any path is.
    func resolved(_ path: EntryPath, followingLast: Bool = false) -> EntryPath? {
        guard path.bytes.count <= Self.longestPath else { return nil }
        guard mayLead(path) else { return path }
        var rest = Array(path.components.reversed())
        var done: [ArraySlice<UInt8>] = []
        /// Of the names that are done, one more than there are.
        var hashers = [Hasher()]
        var steps = 0
        while let name = rest.popLast() {
            // Above the root is the root; what the path itself has of these is told of anyway.
            if steps > 0, name.elementsEqual("..".utf8) {
                if done.popLast() != nil { hashers.removeLast() }
                continue
            }
            var hasher = hashers[done.count]
            hasher.combine(name)
            done.append(name)
            hashers.append(hasher)
            guard done.count + rest.count <= Self.mostNames else { return nil }
            guard followingLast || !rest.isEmpty, let link = links[hasher.finalized],
                link.path == Self.path(done)
            else { continue }
            steps += 1
            guard steps <= Self.stepLimit else { return path }
            guard link.target.count <= Self.longestPath else { return nil }
            rest += EntryPath(link.target).components.reversed()
            let isAbsolute = link.target.first == UInt8(ascii: "/")
            done.removeLast(isAbsolute ? done.count : 1)
            hashers.removeLast(hashers.count - done.count - 1)
        }
        return steps > 0 ? Self.path(done) : path
    }

    /// Whether one of the names that lead to `path` has the hash of a link: most paths are done with that.
    private func mayLead(_ path: EntryPath) -> Bool {
        guard !links.isEmpty else { return false }
        var hasher = Hasher()
        return path.components.contains { name in
            hasher.combine(name)
            return links[hasher.finalized] != nil
        }
    }

    private static func key(of path: EntryPath) -> Int {
        var hasher = Hasher()
        for name in path.components { hasher.combine(name) }
        return hasher.finalized
    }

    private static func path(_ names: [ArraySlice<UInt8>]) -> EntryPath {
        EntryPath(Array(names.joined(separator: [UInt8(ascii: "/")])))
    }
}

extension Hasher {
    /// What it comes to so far; more can be added afterwards.
    fileprivate var finalized: Int {
        let copy = self
        return copy.finalize()
    }
}

extension EntryPath {
    /// Where a link in this folder leads; `..` at the root stays there, as it does for the kernel.
    package func following(_ target: [UInt8]) -> EntryPath {
        var result: [ArraySlice<UInt8>] = target.first == UInt8(ascii: "/") ? [] : components
        for component in EntryPath(target).components {
            if component.elementsEqual("..".utf8) { _ = result.popLast() } else { result.append(component) }
        }
        return EntryPath(result.joined(separator: [UInt8(ascii: "/")]))
    }

    /// What follows the path of `folder`, with the slash before it; nil where the path does not lie in that.
    package func rest(below folder: EntryPath) -> ArraySlice<UInt8>? {
        if folder.bytes.isEmpty { return [UInt8(ascii: "/")] + bytes }
        guard bytes.count > folder.bytes.count + 1, bytes[folder.bytes.count] == UInt8(ascii: "/"),
            bytes.starts(with: folder.bytes)
        else { return nil }
        return bytes[folder.bytes.count...]
    }
}
