import ImageReading

/// The reports on the layers of one image while they come in: a layer that occurs twice needs one.
struct LayerReports {
    /// What all reports on an image may take together; those of an honest one take a tenth of it.
    private static let capacity = 24 << 20

    private let layers: [LayerDescriptor]
    private var reports: [LayerMemory.Key: LayerReport] = [:]
    private let memory: LayerMemory
    /// Reports that had to be cut.
    private var shed: Set<LayerMemory.Key> = []
    private let places: [LayerMemory.Key: [LayerDescriptor]]

    /// Those of `layers` that `memory` knows from another image are there at once.
    init(layers: [LayerDescriptor], memory: LayerMemory) {
        self.layers = layers
        self.memory = memory
        places = Dictionary(grouping: layers) { LayerMemory.Key($0) }
        for layer in layers {
            let key = LayerMemory.Key(layer)
            if reports[key] == nil { reports[key] = memory.report(for: key) }
        }
        shedHeaviest()
    }

    /// The layers that still have to be read, in their order; of equal ones the first.
    var unread: [LayerDescriptor] {
        var seen = Set(reports.keys)
        return layers.filter { seen.insert(LayerMemory.Key($0)).inserted }
    }

    /// Where in the image the same layer lies.
    func places(of layer: LayerDescriptor) -> [LayerDescriptor] {
        places[LayerMemory.Key(layer)] ?? []
    }

    /// Takes down what reading `layer` gave.
    mutating func add(_ report: LayerReport, on layer: LayerDescriptor) {
        let key = LayerMemory.Key(layer)
        reports[key] = report
        memory.keep(report, for: key)
        shedHeaviest()
    }

    /// Cuts the heaviest reports until all fit into memory; which those are does not depend on the order they came in.
    private mutating func shedHeaviest() {
        var weight = reports.values.reduce(0) { $0 + $1.weight }
        guard weight > Self.capacity else { return }
        for layer in layers.sorted(by: { weigh($0) > weigh($1) }) where weight > Self.capacity {
            let key = LayerMemory.Key(layer)
            guard let before = reports[key]?.weight, shed.insert(key).inserted else { continue }
            reports[key]?.shed(keeping: Self.capacity / 4 / layers.count)
            weight -= before - (reports[key]?.weight ?? 0)
        }
    }

    /// The order in which reports are cut: by weight, equal ones from the base up.
    private func weigh(_ layer: LayerDescriptor) -> (weight: Int, height: Int) {
        let key = LayerMemory.Key(layer)
        return (shed.contains(key) ? 0 : reports[key]?.weight ?? 0, -layer.index)
    }

    /// A report in every place where its layer lies, from the base up.
    var inspected: [InspectedLayer] {
        layers.compactMap { layer in
            reports[LayerMemory.Key(layer)].map { InspectedLayer(layer: layer, report: $0) }
        }
    }
}
