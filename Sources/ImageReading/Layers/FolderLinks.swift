internal import Model

/// The symbolic links of a layer so far, by which the names that hard links give for their targets may lead.
struct FolderLinks: Sendable {
    /// An honest layer with a tree of packages has some thousands; more are not followed.
    private static let limit = 50_000
    private static let targetLimit = 4_096
    /// As many as the kernel follows.
    private static let stepLimit = 40

    private var targets: [EntryPath: EntryPath] = [:]

    /// Takes down what the layer has at `path`: a link to `target`, or where that is nil something else.
    mutating func record(_ path: EntryPath, _ target: [UInt8]?) {
        guard let target else {
            if !targets.isEmpty { targets[path] = nil }
            return
        }
        guard targets.count < Self.limit, target.count + path.bytes.count <= Self.targetLimit else { return }
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
