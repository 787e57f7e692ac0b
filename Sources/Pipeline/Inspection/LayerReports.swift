import ImageReading

/// The reports on the layers of one image while they come in: a layer that occurs twice needs one.
struct LayerReports {
    /// What all reports on an image may take together; those of an honest one take a tenth of it.
    private static let capacity = 24 << 20

    private let layers: [LayerDescriptor]
    private var reports: [LayerMemory.Key: LayerReport] = [:]
    /// What all reports take.
    private var weight = 0
    /// Those that were not cut yet, in the order in which that is their turn.
    private var queue: [Turn] = []
    private let places: [LayerMemory.Key: [LayerDescriptor]]

    init(layers: [LayerDescriptor]) {
        self.layers = layers
        places = Dictionary(grouping: layers) { LayerMemory.Key($0) }
    }

    /// The layers to be read, in their order; of equal ones the first.
    var distinct: [LayerDescriptor] {
        var seen: Set<LayerMemory.Key> = []
        return layers.filter { seen.insert(LayerMemory.Key($0)).inserted }
    }

    /// Where in the image the same layer lies.
    func places(of layer: LayerDescriptor) -> [LayerDescriptor] {
        places[LayerMemory.Key(layer)] ?? []
    }

    /// Takes down what reading `layer` gave.
    mutating func add(_ report: LayerReport, on layer: LayerDescriptor) {
        insert(report, for: LayerMemory.Key(layer))
        shedHeaviest()
    }

    /// When a report is cut: the heaviest first, equal ones from the base up.
    private struct Turn: Comparable {
        let weight: Int
        let index: Int
        let key: LayerMemory.Key

        static func < (left: Turn, right: Turn) -> Bool {
            (left.weight, right.index) < (right.weight, left.index)
        }

        static func == (left: Turn, right: Turn) -> Bool { left.key == right.key }
    }

    private mutating func insert(_ report: LayerReport, for key: LayerMemory.Key) {
        guard reports.updateValue(report, forKey: key) == nil else { return }
        let turn = Turn(weight: report.weight, index: places[key]?.first?.index ?? 0, key: key)
        weight += turn.weight
        // The next one stands last, from where it is taken at no cost.
        queue.insert(turn, at: SortedSearch.first(in: queue.indices) { queue[$0] > turn })
    }

    /// Cuts the heaviest reports until all fit into memory; which those are does not depend on the order they came in.
    private mutating func shedHeaviest() {
        while weight > Self.capacity, let turn = queue.popLast() {
            reports[turn.key]?.shed(keeping: Self.capacity / 2 / layers.count)
            weight -= turn.weight - (reports[turn.key]?.weight ?? 0)
        }
    }

    /// A report in every place where its layer lies, from the base up.
    var inspected: [InspectedLayer] {
        layers.compactMap { layer in
            reports[LayerMemory.Key(layer)].map { InspectedLayer(layer: layer, report: $0) }
        }
    }
}
