internal import Model

extension HTMLViews {
    var timeline: TemplateView {
        let timeline = report.timeline
        let drawing = TimelineDrawing(timeline)
        return view([
            "hasLanes": !timeline.lanes.isEmpty,
            "base": report.image.base?.sentence ?? .empty,
            "isStack": report.image.otherKind == nil,
            "breadth": drawing.breadth,
            "topWrites": references(drawing.writtenAtTop, limit: 8),
            "hasTopWrites": !drawing.writtenAtTop.isEmpty,
            "topPlace": (drawing.isTopMetadata ? "in the configuration" : "in no known layer") as SafeText,
            "headings": drawing.headings.map(heading),
            "top": strip(drawing.top),
            "steps": timeline.steps.enumerated().map { step($0.element, row: $0.offset, of: drawing) },
            "rows": timeline.lanes.map(row),
            "lanesLeftOut": timeline.lanesLeftOut > 0,
            "lanesLeftOutText": "\(timeline.lanesLeftOut, "more placement")" as SafeText,
            "stepsLeftOut": timeline.stepsLeftOut > 0,
            "stepsLeftOutText": "\(timeline.stepsLeftOut, "older step")" as SafeText,
        ])
    }

    private func step(_ step: Timeline.Step, row: Int, of drawing: TimelineDrawing) -> TemplateView {
        let drawn = drawing.rows[row]
        let layer = step.layer
        var facts: [SafeText] = []
        if layer.index != nil {
            facts.append(layer.uncompressedSize == 0 ? "not read" : .bytes(layer.uncompressedSize))
        } else {
            facts.append("made no layer")
        }
        if let origin = layer.origin.phrase, layer.index != nil { facts.append(origin) }
        return view([
            "row": row,
            "isShared": drawn.isShared,
            "hasTwin": drawn.twin != nil,
            "twin": drawn.twin ?? row,
            "strip": drawn.twin == nil ? strip(drawn.pieces) : [],
            "name": layer.name,
            "facts": .joined(facts, by: " · ") as SafeText,
            "isEmpty": layer.index == nil,
            "isBase": layer.origin == .base,
            "instruction": layer.instruction.shortened(to: 400),
            "writes": references(step.writes, limit: 8),
            "hides": references(step.hides, limit: 8),
        ])
    }

    private func heading(_ heading: TimelineDrawing.Heading) -> TemplateView {
        view([
            "number": heading.subject, "x": heading.x, "isLow": heading.isLow,
            "hasBracket": heading.bracket != nil, "bracketStart": heading.bracket?.start ?? .empty,
            "bracketEnd": heading.bracket?.end ?? .empty,
        ])
    }

    /// What a row draws, the grave lanes above the lesser ones.
    private func strip(_ pieces: [TimelineDrawing.Piece]) -> [TemplateView] {
        [false, true].compactMap { isGrave in
            let alike = pieces.filter { $0.isGrave == isGrave }
            guard !alike.isEmpty else { return nil }
            return view([
                "isGrave": isGrave,
                "lines": alike.flatMap { piece in
                    piece.lines.map { view(["part": $0, "x": piece.x]) }
                },
                "marks": alike.flatMap { piece in
                    [("end", piece.end.map { "end-\($0)" }), ("start", piece.start)].compactMap {
                        (kind: SafeText, mark: SafeText?) in
                        mark.map {
                            view([
                                "kind": kind, "mark": $0, "x": piece.x,
                                "title": kind == "start" || piece.lines.isEmpty ? piece.tooltip : .empty,
                            ])
                        }
                    }
                },
            ])
        }
    }

    private func row(_ lane: Timeline.Lane) -> TemplateView {
        let placement = lane.placement
        return view([
            "number": lane.subject,
            "anchor": report.subjects[lane.subject - 1].anchor,
            "title": lane.title,
            "severity": .word(lane.severity) as SafeText,
            "place": placement.place,
            "layer": placement.layerText,
            "fate": placement.fate,
        ])
    }

    func layer(_ layer: LayerRow) -> TemplateView {
        guard let index = layer.index else { return emptyStep(layer) }
        let scanned: SafeText = "\(.bytes(layer.bytesScanned)) of \(.bytes(layer.uncompressedSize))"
        return view([
            "name": "\(index)" as SafeText,
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
            "name": "–" as SafeText, "digest": SafeText.empty,
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
