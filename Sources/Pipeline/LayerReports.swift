import ImageReading

/// The reports on the layers of one image while they come in: a layer that occurs twice needs one.
struct LayerReports {
    private let layers: [LayerDescriptor]
    private var reports: [LayerMemory.Key: LayerReport] = [:]
    private let memory: LayerMemory
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
    }

    /// A report in every place where its layer lies, from the base up.
    var inspected: [InspectedLayer] {
        layers.compactMap { layer in
            reports[LayerMemory.Key(layer)].map { InspectedLayer(layer: layer, report: $0) }
        }
    }
}
