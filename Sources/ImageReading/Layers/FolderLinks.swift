internal import Model

/// The symbolic links of a layer so far, by which the names that hard links give for their targets may lead.
struct FolderLinks: Sendable {
    /// How many bytes of them are kept: an honest layer has some thousands of some hundred bytes, and more are not followed.
    private static let capacity = 4 << 20
    /// What one takes beside its names.
    private static let overhead = 160
    /// As many as the kernel follows.
    private static let stepLimit = 40

    private var targets: [EntryPath: EntryPath] = [:]
    private var room = FolderLinks.capacity

    /// Takes down what the layer has at `path`: a link to `target`, or where that is nil something else.
    mutating func record(_ path: EntryPath, _ target: [UInt8]?) {
        guard let target else {
            if !targets.isEmpty { targets[path] = nil }
            return
        }
        // The target stands below the folder of the link.
        room -= target.count + 2 * path.bytes.count + Self.overhead
        guard room > 0 else { return }
        targets[path] = path.parent.following(target)
    }

    /// Where `path` is behind the links among the folders above it.
    func resolved(_ path: EntryPath) -> EntryPath {
        guard !targets.isEmpty else { return path }
        var rest = Array(path.components.reversed())
        var done: [ArraySlice<UInt8>] = []
        var steps = 0
        while let name = rest.popLast() {
            done.append(name)
            guard !rest.isEmpty, let target = targets[Self.path(done)] else { continue }
            steps += 1
            guard steps <= Self.stepLimit else { return path }
            rest += target.components.reversed()
            done = []
        }
        return Self.path(done)
    }

    private static func path(_ names: [ArraySlice<UInt8>]) -> EntryPath {
        EntryPath(Array(names.joined(separator: [UInt8(ascii: "/")])))
    }
}

extension EntryPath {
    /// Where a link in this folder leads; `..` at the root stays there, as it does for the kernel.
    func following(_ target: [UInt8]) -> EntryPath {
        var result: [ArraySlice<UInt8>] = target.first == UInt8(ascii: "/") ? [] : components
        for component in EntryPath(target).components {
            if component.elementsEqual("..".utf8) { _ = result.popLast() } else { result.append(component) }
        }
        return EntryPath(result.joined(separator: [UInt8(ascii: "/")]))
    }
}
