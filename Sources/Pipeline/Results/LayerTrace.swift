import ImageReading
import Model

/// What every layer did to the files below it: tells where a file that another tool names stands.
struct LayerTrace: Sendable {
    private let stack: LayerStack
    private let changes: [LayerChanges]

    init(_ image: Image, _ layers: [InspectedLayer]) {
        changes = layers.map(\.report.changes)
        stack = LayerStack(image.tree, changes)
    }

    /// The uppermost layer with a file at `path`.
    func layer(with path: EntryPath) -> Int? {
        guard let trail = changes.first?.trail(of: path) else { return nil }
        return changes.indices.last { changes[$0].writesFile(trail) }
    }

    func has(_ path: EntryPath, in layer: Int) -> Bool {
        changes.indices.contains(layer) && changes[layer].writesFile(changes[layer].trail(of: path))
    }

    func fate(of path: EntryPath, in layer: Int) -> (persistence: Persistence, removedBy: Int?) {
        stack.fate(of: path, in: layer)
    }
}
