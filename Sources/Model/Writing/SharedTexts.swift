/// What many findings have in common, so that each of it is kept once.
struct SharedTexts {
    private var texts: Set<String> = []
    private var layers: [Int: Location.LayerReference] = [:]
    /// What was noted of the finding before, by the rule.
    private var attributes: [String: [String: AttributeValue]] = [:]

    /// Replaces what an earlier finding has as well by what that one has.
    mutating func share(in finding: inout Finding) {
        share(&finding.detector)
        share(&finding.rule)
        share(&finding.title)
        share(&finding.confidenceReason)
        share(&finding.createdBy)
        share(&finding.originReason)
        if let noted = attributes[finding.rule], noted == finding.attributes {
            finding.attributes = noted
        } else {
            attributes[finding.rule] = finding.attributes
        }
        guard let layer = finding.location.layer else { return }
        if layer == layers[layer.index] {
            finding.location.layer = layers[layer.index]
        } else {
            layers[layer.index] = layer
        }
    }

    private mutating func share(_ text: inout String) {
        // Shorter ones need no memory of their own.
        if text.utf8.count > 15 { text = texts.insert(text).memberAfterInsert }
    }

    private mutating func share(_ text: inout String?) {
        if let own = text, own.utf8.count > 15 { text = texts.insert(own).memberAfterInsert }
    }
}
