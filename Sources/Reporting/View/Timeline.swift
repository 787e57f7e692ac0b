package import Model

/// The picture of the image as a stack of layers, with a lane for each sensitive artifact.
///
/// A lane begins at the step that wrote the artifact and ends at the layer that hid it, or at the top, which is what a
/// container sees. Steps are in the order of the picture: the newest first, the base last.
package struct Timeline: Sendable {
    /// Beyond these a picture tells nothing any more; what is left out is counted.
    package static let maximalLanes = 28
    package static let maximalSteps = 200

    package struct Step: Sendable {
        package let layer: LayerRow
        /// Numbers of the subjects that this step wrote, and of those it hid.
        package let writes: [Int]
        package let hides: [Int]
    }

    package struct Lane: Sendable {
        /// The subject's number; placements of one subject stand side by side.
        package let subject: Int
        package let title: SafeText
        package let severity: Severity
        package let placement: Placement
        /// The step that wrote it, one past the last where that is not shown; nil: the image's configuration, at the top.
        package let from: Int?
        /// The step that hid it; nil: nothing did.
        package let to: Int?
    }

    package let steps: [Step]
    package let lanes: [Lane]
    /// Placements that have no lane any more.
    package let lanesLeftOut: Int
    /// Steps below the last that is shown.
    package let stepsLeftOut: Int

    init(layers: [LayerRow], subjects: [Subject]) {
        let shown = layers.reversed().prefix(Self.maximalSteps)
        let places = StepPlaces(Array(shown))
        var lanes: [Lane] = []
        var count = 0
        var writes: [Int: Set<Int>] = [:]
        var hides: [Int: Set<Int>] = [:]
        for subject in subjects {
            for placement in subject.placements {
                let from = places.origin(of: placement)
                let to = placement.removedByLayer.flatMap { places.byLayer[$0] }
                if let from { writes[from, default: []].insert(subject.number) }
                if let to { hides[to, default: []].insert(subject.number) }
                count += 1
                guard count <= Self.maximalLanes else { continue }
                lanes.append(
                    Lane(
                        subject: subject.number, title: subject.title, severity: subject.severity,
                        placement: placement, from: from, to: to))
            }
        }
        steps = shown.enumerated().map { position, layer in
            Step(
                layer: layer, writes: (writes[position] ?? []).sorted(),
                hides: (hides[position] ?? []).sorted())
        }
        self.lanes = lanes
        lanesLeftOut = count - lanes.count
        stepsLeftOut = layers.count - shown.count
    }
}

/// Where in the picture layers and history entries stand.
private struct StepPlaces {
    private(set) var byLayer: [Int: Int] = [:]
    private let count: Int
    private var byHistory: [Int: Int] = [:]
    private var byInstruction: [SafeText: Int] = [:]

    init(_ steps: [LayerRow]) {
        count = steps.count
        for (position, step) in steps.enumerated() {
            if let index = step.index { byLayer[index] = position }
            if let history = step.history { byHistory[history] = position }
            // Of several equal instructions, the one that made no layer wrote the metadata; else the newest.
            if byInstruction[step.instruction] == nil { byInstruction[step.instruction] = position }
        }
    }

    func origin(of placement: Placement) -> Int? {
        if let layer = placement.layer { return byLayer[layer] ?? count }
        if let history = placement.historyStep { return byHistory[history] }
        return placement.createdBy.flatMap { byInstruction[$0] }
    }
}
