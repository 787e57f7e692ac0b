/// The names in the longer sections of a report.
extension TemplateNames {
    static let status = TemplateNames("key label")
    static let references = TemplateNames("any more moreCount", ["list": TemplateNames("number anchor")])

    static let timeline = TemplateNames(
        "hasLanes base hasTopWrites topPlace isStack breadth lanesLeftOut lanesLeftOutText stepsLeftOut stepsLeftOutText",
        [
            "topWrites": references,
            "headings": TemplateNames("number x isLow hasBracket bracketStart bracketEnd"),
            "top": strip,
            "steps": TemplateNames(
                "row isShared hasTwin twin name facts isEmpty isBase instruction",
                ["strip": strip, "writes": references, "hides": references]),
            "rows": TemplateNames("number anchor title severity place layer fate"),
        ])
    private static let strip = TemplateNames(
        "isGrave", ["lines": TemplateNames("part x"), "marks": TemplateNames("kind mark x title")])
    static let layer = TemplateNames(
        "name digest diffID size scanned entries origin", ["skipped": TemplateNames("text")])

    static let framework = TemplateNames(
        "anchor title source note hasSilent silentText",
        [
            "groups": TemplateNames("title showsTitle", ["controls": control]),
            "usual": TemplateNames("status reason"),
            "silent": TemplateNames(
                "title showsTitle", ["controls": TemplateNames("anchor id title status reason")]),
        ])
    private static let control = TemplateNames(
        "anchor isOpen id title reason canSay cannotSay hasEvidence hasMet",
        [
            "status": status,
            "contributions": TemplateNames(
                "rule ruleAnchor relation rationale reason", ["status": status, "subjects": references]),
            "met": TemplateNames("label", ["rules": TemplateNames("id anchor isLast")]),
        ])

    static let remedy = TemplateNames(
        "anchor title hasSteps imageItself hasRows rows",
        ["steps": TemplateNames("rule anchor text before"), "subjects": subject])
    private static let subject = TemplateNames(
        "number anchor title severity kind confidence detectorRule hasPreview preview fingerprint hasOrigin "
            + "cameFrom sharing hasAttributes inherited hasMore moreText",
        ["attributes": TemplateNames("name value"), "placements": placement, "more": placement])
    static let finding = TemplateNames(cells: FindingRows.cells.keys)
    private static let placement = TemplateNames("place fate key site hasSteps createdBy removedBy")

    static let signOffs = TemplateNames(
        "noWaivers isLighter hasAttestations hasTailoring",
        [
            "waivers": TemplateNames(
                "id state reason justification people period rules source", ["subjects": references]),
            "withoutWaivers": status,
            "attestations": TemplateNames("control state statement attestedBy period evidence source"),
            "tailoring": TemplateNames("subject change reason source"),
        ])
}
