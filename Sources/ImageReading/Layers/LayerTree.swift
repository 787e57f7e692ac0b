/// Which layer lies upon which: one upon the other in an image, branching in a build cache.
package struct LayerTree: Sendable {
    /// For each layer the one below, which stands before it; nil where it lies upon none.
    package let parents: [Int?]
    /// For each layer those that lie upon it.
    let children: [[Int]]

    /// The layers of an image, from the base up.
    package init(stackOf count: Int) { self.init(parents: (0..<count).map { $0 == 0 ? nil : $0 - 1 }) }

    init(parents: [Int?]) {
        self.parents = parents
        var children: [[Int]] = Array(repeating: [], count: parents.count)
        for (layer, parent) in parents.enumerated() { if let parent { children[parent].append(layer) } }
        self.children = children
    }

    /// A layer and those below it, from the top.
    package func ancestry(of index: Int) -> [Int] {
        var found = [index]
        while let last = found.last, let parent = parents[last] { found.append(parent) }
        return found
    }
}
