internal import Model

/// One result: a rule, and the subject that breaks it; or a rule that nobody could judge.
enum SARIFResult {
    /// GitHub takes a hundred locations of a result and shows the first.
    private static let locationsInResult = 100

    static func value(_ violation: ViolationRow, of report: Report, _ catalogue: SARIFCatalogue) -> JSONValue
    {
        let rule = violation.rule
        let places = violation.places ?? Placements([Finding]())
        let locations = places.prefix(locationsInResult).map { location($0) }
        let missing = places.count - locations.count
        let more: SafeText = missing == 0 ? "" : " \(missing, "more place") of it left out here."
        let message: SafeText =
            "\(violation.title): \(violation.place)\(standing(places)). \(rule.reason).\(more)"
        return [
            "ruleId": .text(rule.id), "ruleIndex": .number(catalogue.index(of: rule)),
            "kind": violation.isAssessed ? "fail" : "open", "level": .text(level(violation)),
            "message": ["text": .text(message)],
            "locations": .list(locations.isEmpty ? [imageItself] : locations),
            "partialFingerprints": ["primaryLocationLineHash": .text(violation.id)],
            "correlationGuid": .text(violation.id), "taxa": .filled(catalogue.taxa(of: rule)),
            "suppressions": .list(violation.waiver.map { [suppression($0)] } ?? []),
            "properties": properties(violation),
        ]
    }

    /// What is open has none, by the letter of the standard.
    private static func level(_ violation: ViolationRow) -> SafeText {
        guard violation.isAssessed else { return "none" }
        return violation.rule.effect == .fail ? "error" : "warning"
    }

    private static func standing(_ places: Placements) -> SafeText {
        guard let first = places.first else { return "" }
        return places.count == 1
            ? " (\(first.standing))" : " (\(first.standing)) and \(places.count - 1, "more place")"
    }

    private static func properties(_ violation: ViolationRow) -> JSONValue {
        let subject = violation.subject
        return [
            "severity": .word(violation.rule.severity), "ruleStatus": .word(violation.rule.status),
            "subject": (subject?.number).map(JSONValue.number), "kind": (subject?.kind).map(JSONValue.text),
            "detectorRule": (subject?.detectorRule).map(JSONValue.text),
            "confidence": (subject?.confidence).map { .word($0) },
            "fingerprint": (subject?.fingerprint).map(JSONValue.text),
            "places": (violation.places?.count).map(JSONValue.number),
        ]
    }

    private static func location(_ place: Placement) -> JSONValue {
        [
            "physicalLocation": [
                "artifactLocation": ["uri": .text(place.address.uri), "uriBaseId": "IMAGE"],
                "region": ["startLine": .number(max(place.address.line ?? 1, 1))],
            ],
            "logicalLocations": [["name": .text(place.layerText), "kind": "layer"]],
            "message": ["text": "\(place.place) (\(place.standing))"],
            "properties": [
                "id": .text(.cleaning(place.id)), "persistence": .word(place.persistence),
                "origin": .word(place.origin), "createdBy": place.createdBy.map(JSONValue.text),
                "range": place.range.map(JSONValue.text),
                "byteColumn": place.address.column.map(JSONValue.number),
                "byteLength": place.address.length.map(JSONValue.number),
            ],
        ]
    }

    private static let imageItself: JSONValue = [
        "physicalLocation": [
            "artifactLocation": ["uri": "image-config", "uriBaseId": "IMAGE"], "region": ["startLine": 1],
        ],
        "logicalLocations": [["name": "image", "kind": "image"]],
    ]

    private static func suppression(_ waiver: WaiverRow) -> JSONValue {
        [
            "kind": "external", "status": "accepted",
            "justification": "\(waiver.justification) (\(waiver.people), \(waiver.period))",
            "properties": ["waiver": .text(waiver.id), "state": .word(waiver.state)],
        ]
    }
}
