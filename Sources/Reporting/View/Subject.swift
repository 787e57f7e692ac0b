package import Model

/// What rules judge, as a reader counts: one secret in all its places, one certificate, one setting.
///
/// It refers to what it is made of; what is shown of it is made when a format asks, since there are thousands, and each
/// format shows another part.
package struct Subject: Sendable {
    /// What the subjects of one report have in common.
    fileprivate final class Context: Sendable {
        let broken: BrokenRules
        let silent: SilentTools

        init(_ broken: BrokenRules, _ silent: SilentTools) {
            self.broken = broken
            self.silent = silent
        }
    }

    /// From 1, the worst first.
    package let number: Int
    /// Where a page has it; unlike its number the same in every report that has it.
    package let anchor: SafeText
    /// Whether it is something a detector reports; otherwise an inventory item that breaks a rule.
    package let isFinding: Bool
    /// The detector's; of an inventory item, that of the worst rule it breaks.
    package let severity: Severity
    package let placements: Placements
    /// Where among the findings or items the one is that names it.
    private let head: Int
    private let context: Context

    fileprivate init(number: Int, anchor: SafeText, _ draft: Draft, _ context: Context) {
        self.number = number
        self.anchor = anchor
        isFinding = draft.isFinding
        severity = draft.severity
        placements = draft.placements
        head = draft.head
        self.context = context
    }

    package var title: SafeText {
        .cleaning(
            isFinding ? placements.things.findings[head].title : placements.things.inventory[head].title,
            limit: 200)
    }

    package var kind: SafeText {
        isFinding
            ? .word(placements.things.findings[head].kind) : .word(placements.things.inventory[head].type)
    }

    package var confidence: Confidence? { isFinding ? placements.things.findings[head].confidence : nil }

    /// What the confidence rests on; nil where the detector does not say.
    package var confidenceReason: SafeText? {
        guard isFinding else { return nil }
        return placements.things.findings[head].confidenceReason.map { .cleaning($0, limit: 300) }
    }

    /// Whether it is a secret, of which can be told where it came from.
    var isSecret: Bool {
        isFinding && placements.things.findings[placements.position(0)].fingerprint != nil
    }

    /// Where it came from; nil of what is no secret.
    var cameFrom: SecretOrigin? { isFinding ? SecretOrigin(placements.findings) : nil }

    package var detectorRule: SafeText {
        .cleaning(
            isFinding ? placements.things.findings[head].rule : placements.things.inventory[head].detector,
            limit: 120)
    }

    package var preview: SafeText? {
        guard isFinding else { return nil }
        return placements.things.findings[head].preview.map { .cleaning($0.text, limit: 120) }
    }

    package var fingerprint: SafeText? {
        guard isFinding else { return nil }
        return placements.things.findings[head].fingerprint.map { .cleaning($0.short, limit: 64) }
    }

    package var attributes: [(name: SafeText, value: SafeText)] {
        guard isFinding else { return Self.cleaned(placements.things.inventory[head].attributes) }
        return Self.cleaned(placements.things.findings[head].attributes)
            + WitnessRow.rows(placements.findings, context.silent)
    }

    /// The ids of the rules it breaks, as the assessment has them, each once.
    var brokenRules: [String] { Self.rules(brokenBy: placements, context.broken) }

    /// The places that break a rule, by its key, in order; others of the same secret may break other rules.
    func placements(breaking rule: String) -> Placements {
        guard placements.count > 1 else { return placements }
        let breaking = placements.indices.filter { rules(brokenAt: placements[$0]).contains(rule) }
        guard !breaking.isEmpty, breaking.count < placements.count else { return placements }
        return Placements(
            of: placements.things, at: breaking.map(placements.position), isFindings: isFinding)
    }

    /// The ids of the rules that one of its places breaks.
    func rules(brokenAt placement: Placement) -> [String] { context.broken.rules(of: placement.id) }

    /// What is noted of something, by name.
    private static func cleaned(_ attributes: [String: AttributeValue]) -> [(name: SafeText, value: SafeText)]
    {
        attributes.sorted { $0.key < $1.key }.map {
            (.cleaning($0.key, limit: 60), .cleaning($0.value.display, limit: 200))
        }
    }

    fileprivate static func rules(brokenBy placements: Placements, _ broken: BrokenRules) -> [String] {
        if placements.count == 1 { return broken.rules(of: placements[0].id) }
        return Array(placements.reduce(into: Set<String>()) { $0.formUnion(broken.rules(of: $1.id)) })
    }
}

extension Subject {
    /// Every finding and every inventory item that breaks a rule, grouped and numbered.
    static func numbered(
        evidence: Evidence, results: [RuleResult], contradictions: [Contradiction] = []
    ) -> [Subject] {
        let things = PlacedThings(findings: evidence.findings, inventory: evidence.inventory)
        let context = Context(BrokenRules(results), SilentTools(contradictions))
        let drafts = Draft.secrets(things) + Draft.items(things, context.broken)
        var anchors: Set<SafeText> = []
        return Draft.order(of: drafts).enumerated().map { position, index in
            let draft = drafts[index]
            var anchor = draft.anchor
            // Hex digits are cut short, and may be the same; the number is not.
            if !anchors.insert(anchor).inserted { anchor = "\(anchor)-\(position + 1)" }
            return Subject(number: position + 1, anchor: anchor, draft, context)
        }
    }
}

/// A subject before its number is known.
private struct Draft {
    let isFinding: Bool
    let severity: Severity
    let placements: Placements
    let head: Int
    /// Where its first place is among those of all others.
    private let place: Int

    /// Findings, those of one secret in one.
    static func secrets(_ things: PlacedThings) -> [Draft] {
        let findings = things.findings
        let order = PlaceOrder(findings.map(\.location))
        let groups = Dictionary(grouping: findings.indices) { findings[$0].identity }
        return groups.values.map { positions in
            let ordered = positions.sorted { (order[$0], findings[$0].id) < (order[$1], findings[$1].id) }
            // Several detectors may see one secret; the one that is surest of the worst names it.
            let worst = ordered.dropFirst().reduce(ordered[0]) { best, next in
                (findings[best].severity, findings[best].confidence)
                    < (findings[next].severity, findings[next].confidence) ? next : best
            }
            return Draft(
                isFinding: true, severity: findings[worst].severity,
                placements: Placements(of: things, at: ordered, isFindings: true), head: worst,
                place: order[ordered[0]])
        }
    }

    /// Inventory items that break a rule, what is the same in one.
    static func items(_ things: PlacedThings, _ broken: BrokenRules) -> [Draft] {
        let items = things.inventory
        let order = PlaceOrder(items.map(\.location))
        let breaking = items.indices.filter { !broken.rules(of: items[$0].id).isEmpty }
        let groups = Dictionary(grouping: breaking) { items[$0].identity }
        return groups.values.map { positions in
            let ordered = positions.sorted { (order[$0], items[$0].id) < (order[$1], items[$1].id) }
            let placements = Placements(of: things, at: ordered, isFindings: false)
            let rules = Subject.rules(brokenBy: placements, broken)
            return Draft(
                isFinding: false, severity: rules.compactMap(broken.severity).max() ?? .info,
                placements: placements, head: ordered[0], place: order[ordered[0]])
        }
    }

    /// By the fingerprint, which is that of the secret in every image, else by the id.
    var anchor: SafeText {
        let fingerprint = isFinding ? placements.things.findings[head].fingerprint?.text : nil
        let name = fingerprint ?? firstID.filter { $0 != "-" }
        return .cleaning("f-" + name.prefix(10), limit: 12)
    }

    private var firstID: String { placements[0].id }

    /// Where each of `drafts` stands when they are in order: the worst first, findings before items, then by place.
    ///
    /// Numbers are put in order, since drafts are dear to move.
    static func order(of drafts: [Draft]) -> [Int] {
        let ranks = drafts.map { (-$0.severity.rank, $0.isFinding ? 0 : 1, $0.place) }
        return drafts.indices.sorted { left, right in
            guard ranks[left] == ranks[right] else { return ranks[left] < ranks[right] }
            return drafts[left].firstID < drafts[right].firstID
        }
    }
}
