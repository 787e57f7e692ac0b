package import Model

/// What rules judge, as a reader counts: one secret in all its places, one certificate, one setting.
///
/// A value like any other; a class only because thousands of them are sorted and counted, and copying each costs more.
package final class Subject: Sendable {
    /// From 1, the worst first.
    package let number: Int
    /// Where a page has it; unlike its number the same in every report that has it.
    package let anchor: SafeText
    /// Whether it is something a detector reports; otherwise an inventory item that breaks a rule.
    package let isFinding: Bool
    package let title: SafeText
    package let kind: SafeText
    /// The detector's; of an inventory item, that of the worst rule it breaks.
    package let severity: Severity
    package let confidence: Confidence?
    /// What the confidence rests on; nil where the detector does not say.
    package let confidenceReason: SafeText?
    /// Where it came from; nil of what is no secret.
    let cameFrom: SecretOrigin?
    package let detectorRule: SafeText
    package let preview: SafeText?
    package let fingerprint: SafeText?
    package let attributes: [(name: SafeText, value: SafeText)]
    package let placements: [Placement]
    /// The ids of the rules it breaks, as the assessment has them.
    let brokenRules: Set<String>

    /// Every finding and every inventory item that breaks a rule, grouped and numbered.
    static func numbered(
        evidence: Evidence, results: [RuleResult], contradictions: [Contradiction] = []
    ) -> [Subject] {
        let silent = SilentTools(contradictions)
        let broken = BrokenRules(results)
        // By their positions: findings are large, and each is copied into its own subject only.
        let findings = evidence.findings
        let inventory = evidence.inventory
        let secrets = Dictionary(grouping: findings.indices) {
            findings[$0].fingerprint?.text ?? findings[$0].id
        }
        let items = Dictionary(
            grouping: inventory.indices.filter { !broken.rules(of: inventory[$0].id).isEmpty }
        ) { position in
            let item = inventory[position]
            return [item.type.rawValue, item.title, item.attributes["sha256"]?.display ?? item.id]
        }
        let order = (
            PlaceOrder(findings.map(\.location)),
            PlaceOrder(inventory.map(\.location))
        )
        let drafts =
            secrets.values.map { positions in
                // Most are one, which need not be copied.
                let own =
                    positions.count == 1
                    ? findings[positions[0]...positions[0]] : positions.map { findings[$0] }[...]
                return Draft(
                    findings: own, place: order.0.first(of: positions), broken: broken, silent: silent)
            }
            + items.values.map { positions in
                Draft(
                    items: positions.map { inventory[$0] }, place: order.1.first(of: positions),
                    broken: broken)
            }
        var anchors: Set<SafeText> = []
        return drafts.sorted().enumerated().map { position, draft in
            var anchor = draft.anchor
            // Hex digits are cut short, and may be the same; the number is not.
            if !anchors.insert(anchor).inserted { anchor = "\(anchor)-\(position + 1)" }
            return Subject(number: position + 1, anchor, draft)
        }
    }

    private init(number: Int, _ anchor: SafeText, _ draft: Draft) {
        self.number = number
        self.anchor = anchor
        isFinding = draft.isFinding
        title = draft.title
        kind = draft.kind
        severity = draft.severity
        confidence = draft.confidence
        confidenceReason = draft.confidenceReason
        cameFrom = draft.cameFrom
        detectorRule = draft.detectorRule
        preview = draft.preview
        fingerprint = draft.fingerprint
        attributes = draft.attributes
        placements = draft.placements
        brokenRules = draft.brokenRules
    }
}

/// A subject before its number is known.
private final class Draft: Comparable {
    let isFinding: Bool
    let title: SafeText
    let kind: SafeText
    let severity: Severity
    let confidence: Confidence?
    let confidenceReason: SafeText?
    let cameFrom: SecretOrigin?
    let detectorRule: SafeText
    let preview: SafeText?
    let fingerprint: SafeText?
    let attributes: [(name: SafeText, value: SafeText)]
    let placements: [Placement]
    let brokenRules: Set<String>
    /// Where its first place is among those of all others.
    private let place: Int
    private let firstID: String
    private let fullFingerprint: String?

    init(findings: ArraySlice<Finding>, place: Int, broken: BrokenRules, silent: SilentTools) {
        let ordered =
            findings.count == 1
            ? findings : findings.sorted { ($0.location, $0.id) < ($1.location, $1.id) }[...]
        let first = ordered[ordered.startIndex]
        // Several detectors may see one secret; the one that is surest of the worst names it.
        let worst = ordered.dropFirst().reduce(first) { best, next in
            (best.severity, best.confidence) < (next.severity, next.confidence) ? next : best
        }
        isFinding = true
        title = .cleaning(worst.title, limit: 200)
        kind = .word(worst.kind)
        severity = worst.severity
        confidence = worst.confidence
        confidenceReason = worst.confidenceReason.map { .cleaning($0, limit: 300) }
        cameFrom = SecretOrigin(ordered)
        detectorRule = .cleaning(worst.rule, limit: 120)
        preview = worst.preview.map { .cleaning($0.text, limit: 120) }
        fingerprint = worst.fingerprint.map { .cleaning($0.short, limit: 64) }
        fullFingerprint = worst.fingerprint?.text
        attributes = cleaned(worst.attributes) + WitnessRow.rows(ordered, silent)
        placements = ordered.map(Placement.init)
        brokenRules = ordered.dropFirst().reduce(into: Set(broken.rules(of: first.id))) {
            $0.formUnion(broken.rules(of: $1.id))
        }
        self.place = place
        firstID = first.id
    }

    init(items: [InventoryItem], place: Int, broken: BrokenRules) {
        let ordered = items.sorted { ($0.location, $0.id) < ($1.location, $1.id) }
        let rules = ordered.reduce(into: Set<String>()) { $0.formUnion(broken.rules(of: $1.id)) }
        isFinding = false
        title = .cleaning(ordered[0].title, limit: 200)
        kind = .word(ordered[0].type)
        severity = rules.compactMap(broken.severity).max() ?? .info
        confidence = nil
        confidenceReason = nil
        cameFrom = nil
        detectorRule = .cleaning(ordered[0].detector, limit: 120)
        preview = nil
        fingerprint = nil
        fullFingerprint = nil
        attributes = cleaned(ordered[0].attributes)
        placements = ordered.map(Placement.init)
        brokenRules = rules
        self.place = place
        firstID = ordered[0].id
    }

    /// By the fingerprint, which is that of the secret in every image, else by the id.
    var anchor: SafeText {
        let name = fullFingerprint ?? firstID.filter { $0 != "-" }
        return .cleaning("f-" + name.prefix(10), limit: 12)
    }

    static func < (left: Draft, right: Draft) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        if left.isFinding != right.isFinding { return left.isFinding }
        return (left.place, left.firstID) < (right.place, right.firstID)
    }

    static func == (left: Draft, right: Draft) -> Bool { left.firstID == right.firstID }
}

/// What is noted of something, by name.
private func cleaned(_ attributes: [String: AttributeValue]) -> [(name: SafeText, value: SafeText)] {
    attributes.sorted { $0.key < $1.key }.map {
        (.cleaning($0.key, limit: 60), .cleaning($0.value.display, limit: 200))
    }
}
