/// The keys of an object, or the elements of a list, as positions of their nodes.
struct JSONChildren: Sequence, IteratorProtocol {
    let tree: JSONTree
    var position: Int
    let end: Int
    let isObject: Bool

    mutating func next() -> Int? {
        guard position < end else { return nil }
        defer { position = tree.end(of: isObject ? position + 1 : position) }
        return position
    }
}
