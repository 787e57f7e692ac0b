internal import Model

/// The placements of one secret or thing in one audit, and the rules that they break.
struct SubjectGroup {
    private(set) var findings: [Finding] = []
    private(set) var items: [InventoryItem] = []
    /// Of each rule that a placement breaks the waivers, nil for a placement that none covers.
    private(set) var breaks: [String: [String?]] = [:]

    /// Everything that `audited` found, and every item that it lists.
    static func all(in audited: AuditedImage) -> [SubjectIdentity: SubjectGroup] {
        guard let evidence = audited.evidence else { return [:] }
        var violations: [String: [(rule: String, waiver: String?)]] = [:]
        for rule in audited.assessment.rules {
            for violation in rule.violations where violation.subject != .image {
                violations[violation.id, default: []].append((rule.id, violation.waiver))
            }
        }
        var groups: [SubjectIdentity: SubjectGroup] = [:]
        for finding in evidence.findings {
            let identity = SubjectIdentity(finding)
            groups[identity, default: SubjectGroup()].findings.append(finding)
            for (rule, waiver) in violations[finding.id] ?? [] {
                groups[identity]?.breaks[rule, default: []].append(waiver)
            }
        }
        for item in evidence.inventory {
            let identity = SubjectIdentity(item)
            groups[identity, default: SubjectGroup()].items.append(item)
            for (rule, waiver) in violations[item.id] ?? [] {
                groups[identity]?.breaks[rule, default: []].append(waiver)
            }
        }
        return groups
    }

    /// Whether it is told of: an item is one among many of the image, unless it breaks a rule.
    var isProblem: Bool { !findings.isEmpty || !breaks.isEmpty }

    /// The rules that some placement breaks and nobody accepted.
    var openRules: Set<String> { Set(breaks.filter { $0.value.contains { $0 == nil } }.keys) }

    /// The waivers of a rule of which every placement is covered; nil where one is not.
    func waivers(of rule: String) -> [String]? {
        guard let waivers = breaks[rule], !waivers.contains(where: { $0 == nil }) else { return nil }
        return Set(waivers.compactMap(\.self)).sorted()
    }

    /// The waivers that accept all of it; nil where there is something that none does, or nothing to accept.
    var acceptedBy: [String]? {
        guard !breaks.isEmpty, openRules.isEmpty else { return nil }
        return Set(breaks.values.joined().compactMap(\.self)).sorted()
    }

    /// The detectors, and what of their rules each went by.
    var detectors: [String: Set<String>] {
        findings.reduce(into: [:]) { $0[$1.detector, default: []].insert($1.rule) }
            .merging(
                items.reduce(into: [:]) { $0[$1.detector, default: []].insert($1.type.rawValue) },
                uniquingKeysWith: { $0.union($1) })
    }

    /// The layers whose bytes hold a secret: as long as one of them is there, so is the secret.
    var secretLayers: Set<Digest> {
        Set(findings.filter(\.kind.isSecret).compactMap(\.location.layer?.diffID))
    }

    /// The attributes that are told of every item.
    var knownOfAll: Set<String> {
        items.dropFirst().reduce(Set(items.first.map { Array($0.attributes.keys) } ?? [])) { known, item in
            known.intersection(item.attributes.keys)
        }
    }

    /// Whether a container does not see it, since an upper layer hides every placement.
    var isHidden: Bool {
        !findings.isEmpty
            && findings.allSatisfy { $0.persistence == .deleted || $0.persistence == .overwritten }
    }

    /// Whether a container, or whoever reads the metadata, sees it.
    var isVisible: Bool { findings.contains { $0.persistence == .present || $0.persistence == .metadata } }

    private static let mostPlaces = 20

    /// What became of it, told with this group's own names and places.
    func difference(
        _ change: Change, severities: [String: Severity], acceptedBy: [String]?, reason: String?
    ) -> SubjectDifference? {
        let rules = breaks.keys.sorted()
        if let worst = findings.max(by: Self.isLess) {
            let ordered = findings.sorted { ($0.location, $0.id) < ($1.location, $1.id) }
            return SubjectDifference(
                change: change, subject: .finding, id: ordered[0].id, kind: worst.kind.rawValue,
                rule: worst.rule, title: worst.title, severity: worst.severity,
                fingerprint: worst.fingerprint, places: Self.places(ordered.map(\.location)),
                placements: ordered.count, breaks: rules, acceptedBy: acceptedBy, reason: reason)
        }
        let ordered = items.sorted { ($0.location, $0.id) < ($1.location, $1.id) }
        return ordered.first.map { first in
            SubjectDifference(
                change: change, subject: .inventory, id: first.id, kind: first.type.rawValue, rule: nil,
                title: first.title, severity: rules.compactMap { severities[$0] }.max() ?? .info,
                fingerprint: nil, places: Self.places(ordered.map(\.location)), placements: ordered.count,
                breaks: rules, acceptedBy: acceptedBy, reason: reason)
        }
    }

    /// By what names it: of several detectors that see one secret, the one that is surest of the worst.
    private static func isLess(_ left: Finding, _ right: Finding) -> Bool {
        guard left.severity == right.severity else { return left.severity < right.severity }
        guard left.confidence == right.confidence else { return left.confidence < right.confidence }
        // The first in the image names it, so that order decides nothing.
        return right.location == left.location
            ? (right.rule, right.id) < (left.rule, left.id) : right.location < left.location
    }

    /// One for each place, in whichever layers it lies.
    private static func places(_ locations: [Location]) -> [String] {
        var seen: Set<String> = []
        return Array(locations.map(\.summary).filter { seen.insert($0).inserted }.prefix(mostPlaces))
    }
}
