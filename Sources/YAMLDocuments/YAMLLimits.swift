/// How much a document may be, so that no input costs more than it is worth.
package struct YAMLLimits: Hashable, Sendable {
    /// No document may be larger, whatever a caller asks for.
    private static let mostBytes = 4 << 20

    package let bytes: Int
    /// Sequences and mappings inside one another.
    package let depth: Int
    /// Scalars, keys, sequences and mappings together.
    package let nodes: Int

    package init(bytes: Int = 1 << 20, depth: Int = 64, nodes: Int = 50_000) {
        self.bytes = min(bytes, Self.mostBytes)
        self.depth = depth
        self.nodes = nodes
    }

    package static let `default` = YAMLLimits()
}
