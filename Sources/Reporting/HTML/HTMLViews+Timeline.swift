internal import Model

extension HTMLViews {
    var timeline: TemplateView {
        let timeline = report.timeline
        let drawing = TimelineDrawing(timeline)
        return view([
            "hasLanes": !timeline.lanes.isEmpty,
            "topWrites": references(drawing.writtenAtTop, limit: 8),
            "width": drawing.width,
            "height": drawing.height,
            "top": TimelineDrawing.topHeight,
            "lines": drawing.boundaries.map { view(["y": $0 - 1, "width": drawing.width]) },
            "lanes": drawing.lanes.map(lane),
            "steps": timeline.steps.map(step),
            "rows": timeline.lanes.map(row),
            "lanesLeftOut": timeline.lanesLeftOut > 0,
            "lanesLeftOutText": "\(timeline.lanesLeftOut, "more placement")" as SafeText,
            "stepsLeftOut": timeline.stepsLeftOut > 0,
            "stepsLeftOutText": "\(timeline.stepsLeftOut, "older step")" as SafeText,
        ])
    }

    private func step(_ step: Timeline.Step) -> TemplateView {
        let layer = step.layer
        var facts: [SafeText] = []
        if layer.index != nil {
            facts.append(layer.uncompressedSize == 0 ? "not read" : .bytes(layer.uncompressedSize))
        } else {
            facts.append("made no layer")
        }
        if let origin = layer.origin.phrase, layer.index != nil { facts.append(origin) }
        return view([
            "height": TimelineDrawing.size(of: step),
            "name": layer.name,
            "facts": .joined(facts, by: " · ") as SafeText,
            "isEmpty": layer.index == nil,
            "isBase": layer.origin == .base,
            "instruction": layer.instruction.shortened(to: 400),
            "marked": !step.writes.isEmpty || !step.hides.isEmpty,
            "writes": references(step.writes, limit: 8),
            "hides": references(step.hides, limit: 8),
        ])
    }

    private func lane(_ lane: TimelineDrawing.Lane) -> TemplateView {
        view([
            "number": lane.subject,
            "showsNumber": lane.subjectEnd != nil,
            "isWide": (lane.subjectEnd ?? lane.x) > lane.x,
            "subjectEnd": lane.subjectEnd ?? lane.x,
            "title": lane.tooltip,
            "x": lane.x,
            "from": lane.from,
            "to": lane.to,
            "end": lane.end,
            "hasLine": lane.from > lane.to,
            "isGrave": lane.isGrave,
            "mark": lane.mark,
            "hasGhost": lane.isHidden,
            "ghostTop": TimelineDrawing.topY,
        ])
    }

    private func row(_ lane: Timeline.Lane) -> TemplateView {
        let placement = lane.placement
        return view([
            "number": lane.subject,
            "title": lane.title,
            "severity": .word(lane.severity) as SafeText,
            "place": placement.place,
            "layer": placement.layerText,
            "createdBy": placement.createdBy?.shortened(to: 160) ?? "not recorded",
            "fate": placement.fate,
        ])
    }

    func layer(_ layer: LayerRow) -> TemplateView {
        guard let index = layer.index else { return emptyStep(layer) }
        let scanned: SafeText = "\(.bytes(layer.bytesScanned)) of \(.bytes(layer.uncompressedSize))"
        return view([
            "name": "\(index)" as SafeText,
            "instruction": layer.instruction,
            "digest": layer.digest ?? .empty,
            "diffID": layer.diffID ?? .empty,
            "size": .bytes(layer.size) as SafeText,
            "scanned": scanned,
            "skipped": layer.skipped.map { view(["text": $0]) },
            "entries": .grouped(layer.entries) as SafeText,
            "origin": layer.origin.phrase ?? "unknown",
        ])
    }

    private func emptyStep(_ layer: LayerRow) -> TemplateView {
        view([
            "name": "–" as SafeText, "instruction": layer.instruction, "digest": SafeText.empty,
            "diffID": SafeText.empty, "size": SafeText.empty, "scanned": SafeText.empty,
            "skipped": [TemplateView](), "entries": SafeText.empty, "origin": "made no layer" as SafeText,
        ])
    }
}

extension Origin {
    /// How it got there, as part of a line; nil where nothing says.
    var phrase: SafeText? {
        switch self {
        case .base: "from the base image"
        case .context: "copied in"
        case .step: "by a build step"
        case .cache: "left in a cache"
        case .metadata: "in the metadata"
        case .unknown: nil
        }
    }
}
