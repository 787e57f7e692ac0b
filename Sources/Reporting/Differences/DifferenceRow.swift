internal import Model

/// One thing that changed, or did not, as every form of a comparison lists it.
struct DifferenceRow {
    /// What it is about, in a word.
    let part: SafeText
    let change: Change
    /// Nil where nothing is bad or good about it.
    let severity: Severity?
    let title: SafeText
    /// Tells apart what is called the same; empty where the title does.
    let id: SafeText
    let details: [SafeText]
    /// Whether it is worse than before, and somebody accepted it already.
    let isAccepted: Bool
    /// Whether the run fails on it.
    let isFailing: Bool

    /// The title, and what tells it apart.
    var name: SafeText { id.isEmpty ? title : "\(title) (\(id))" }
}

extension DifferenceRow {
    init(_ subject: SubjectDifference, failing: Set<Change>) {
        part = subject.subject == .finding ? "finding" : "item"
        change = subject.change
        severity = subject.severity
        let what: SafeText = .cleaning(subject.title, limit: 160)
        title = subject.rule.map { "\(what), \(.cleaning($0, limit: 80))" } ?? what
        // Ids change with the layer; what a place is called stays from build to build.
        id =
            subject.fingerprint.map { .cleaning($0.short) }
            ?? .cleaning(subject.places.first ?? "", limit: 200)
        isAccepted =
            (subject.change == .new || subject.change == .reopened) && subject.acceptedBy != nil
        isFailing = failing.contains(subject.change) && !isAccepted
        let shown = subject.places.prefix(3).map { SafeText.cleaning($0, limit: 300) }
        let rest = subject.placements - shown.count
        let places = SafeText.joined(shown + (rest > 0 ? ["and \(rest) more"] : []), by: ", ")
        details =
            (places == id ? [] : [places])
            + Self.list("breaks ", subject.breaks) + Self.list("accepted by ", subject.acceptedBy ?? [])
            + Self.reason(subject.reason)
    }

    init(_ rule: RuleDifference, failing: Set<Change>) {
        part = "rule"
        change = rule.change
        severity = rule.severity
        title = .cleaning(rule.rule, limit: 120)
        id = ""
        isAccepted = (rule.change == .new || rule.change == .reopened) && rule.after == .waived
        isFailing = failing.contains(rule.change) && !isAccepted
        details =
            [.cleaning(rule.title, limit: 200), "\(Self.word(rule.before)) → \(Self.word(rule.after))"]
            + Self.reason(rule.reason)
    }

    init(_ loss: CoverageLoss, failing: Set<Change>) {
        part = "coverage"
        change = .coverageLost
        severity = nil
        title = "\(.word(loss.part)) \(.cleaning(loss.name, limit: 300))"
        id = ""
        isAccepted = false
        isFailing = failing.contains(.coverageLost)
        details = Self.reason(loss.reason)
    }

    init(_ mapping: MappingDifference, failing: Set<Change>) {
        part = "mapping"
        change = .mappingChanged
        severity = nil
        let control: SafeText =
            "\(.cleaning(mapping.framework, limit: 80)) \(.cleaning(mapping.control, limit: 80))"
        title = mapping.rule.map { "\(.cleaning($0, limit: 120)) → \(control)" } ?? control
        id = ""
        isAccepted = false
        isFailing = failing.contains(.mappingChanged)
        func word(_ text: String?) -> SafeText { text.map { .cleaning($0, limit: 60) } ?? "not there" }
        details = ["\(word(mapping.before)) → \(word(mapping.after))"]
    }

    init(_ detector: DetectorDifference, failing: Set<Change>) {
        part = "detector"
        change = .detectorChanged
        severity = nil
        let tool = SafeText.cleaning(detector.tool, limit: 80)
        let name = SafeText.cleaning(detector.detector, limit: 80)
        title = name == tool ? name : "\(name) of \(tool)"
        id = ""
        isAccepted = false
        isFailing = failing.contains(.detectorChanged)
        details = ["\(Self.versions(detector.before)) → \(Self.versions(detector.after))"]
    }

    private static func reason(_ text: String?) -> [SafeText] {
        text.map { [.cleaning($0, limit: 600)] } ?? []
    }

    private static func list(_ word: SafeText, _ names: [String]) -> [SafeText] {
        guard !names.isEmpty else { return [] }
        let shown = names.prefix(5).map { SafeText.cleaning($0, limit: 120) }
        let rest: [SafeText] = names.count > shown.count ? ["\(names.count - shown.count) more"] : []
        return ["\(word)\(.joined(shown + rest, by: ", "))"]
    }

    private static func word(_ status: Status?) -> SafeText { status.map(\.label) ?? "not there" }

    private static func versions(_ versions: [DetectorDifference.Version]) -> SafeText {
        guard !versions.isEmpty else { return "did not run" }
        let texts = versions.prefix(3).map { version -> SafeText in
            let rules = version.rules.map { ", rules \(.cleaning($0.short))" as SafeText } ?? ""
            let database = version.database.map { ", database \(.cleaning($0, limit: 60))" as SafeText } ?? ""
            return "\(.cleaning(version.version, limit: 60))\(rules)\(database)"
        }
        return .joined(texts, by: "; ")
    }
}

extension Change {
    /// What has changed so, as a heading says it.
    var heading: SafeText {
        switch self {
        case .new: "new"
        case .reopened: "reopened"
        case .waiverLapsed: "waiver lapsed"
        case .coverageLost: "coverage lost"
        case .mappingChanged: "mapping changed"
        case .detectorChanged: "detector changed"
        case .fixed: "fixed"
        case .stillThere: "still there"
        }
    }
}
