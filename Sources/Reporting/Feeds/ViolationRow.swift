internal import Model

/// One subject, or the image as a whole, that breaks one rule, or a rule that nobody could judge: what feeds list as a
/// finding.
struct ViolationRow {
    fileprivate enum Matter {
        case subject(Subject)
        case image
        case unassessed
    }

    let rule: RuleRow
    /// The waiver that accepts it; nil where any of the places that break the rule is not accepted.
    let waiver: WaiverRow?
    /// Where its subject breaks the rule, never nowhere; nil for the image as a whole.
    let places: Placements?
    fileprivate let matter: Matter
    fileprivate let lineage: SafeText

    /// Nil for the image as a whole.
    var subject: Subject? { if case .subject(let subject) = matter { subject } else { nil } }

    /// Whether something was found; otherwise nobody knows what there is to find.
    var isAssessed: Bool { if case .unassessed = matter { false } else { true } }

    /// Follows from the image's name without tag, its platform, the rule and the secret, so it outlives a rebuild.
    var id: SafeText {
        let what: SafeText =
            switch matter {
            case .subject(let subject): subject.fingerprint ?? .cleaning(subject.placements[0].id)
            case .image: "image"
            case .unassessed: "not assessed"
            }
        return DerivedID.make([lineage, rule.id, what])
    }

    /// What breaks the rule, in a few words.
    var title: SafeText {
        switch matter {
        case .subject(let subject): "\(subject.title): \(rule.title)"
        case .image: rule.title
        case .unassessed: "Not assessed: \(rule.title)"
        }
    }

    /// The first place that breaks the rule.
    var place: SafeText { places.map { $0[0].place } ?? "the image as a whole" }
}

extension Report {
    /// What breaks the rules that are not met, in the order of the rules and then of the subjects.
    ///
    /// A rule that lets some be and is met has none here: its report is that it passes. Every call lays them out anew, so
    /// a format asks once.
    var violations: [ViolationRow] {
        let accepted = Acceptances(self)
        return rules.filter { $0.status.attention <= Status.waived.attention }.flatMap { rule in
            let ofSubjects = rule.subjects.map { number in
                ViolationRow(
                    rule: rule, waiver: accepted.waiver(of: number, in: rule.key),
                    places: subjects[number - 1].placements(breaking: rule.key),
                    matter: .subject(subjects[number - 1]), lineage: lineage)
            }
            guard rule.imageItself else { return ofSubjects }
            let ofImage = ViolationRow(
                rule: rule, waiver: accepted.waiver(of: 0, in: rule.key), places: nil, matter: .image,
                lineage: lineage)
            return ofSubjects + [ofImage]
        }
    }

    /// A row for each rule that nobody could judge: in a feed without it, what was open before would count as mended.
    var unassessed: [ViolationRow] {
        rules.filter { $0.status == .notAssessed || $0.status == .error }.map { rule in
            ViolationRow(rule: rule, waiver: nil, places: nil, matter: .unassessed, lineage: lineage)
        }
    }

    /// Findings that break no rule; they are counted everywhere and listed by the reports on everything.
    var findingsWithoutRule: Int { subjects.count { $0.isFinding && $0.brokenRules.isEmpty } }
}

/// Which violations somebody accepted.
private struct Acceptances {
    /// By rule and subject number, 0 for the image; nil where any place is not accepted.
    private var ids: [String: [Int: String?]] = [:]
    private let waivers: [String: WaiverRow]

    init(_ report: Report) {
        waivers = Dictionary(zip(report.assessment.waivers.map(\.id), report.waivers)) { first, _ in first }
        guard !waivers.isEmpty else { return }
        let numbers = SubjectNumbers(report.subjects)
        for result in report.assessment.rules {
            for violation in result.violations {
                let number = numbers[violation.id] ?? 0
                let known = ids[result.id, default: [:]][number]
                let isOpen = violation.waiver == nil || known == .some(nil)
                ids[result.id, default: [:]][number] = .some(isOpen ? nil : violation.waiver)
            }
        }
    }

    func waiver(of number: Int, in rule: String) -> WaiverRow? {
        (ids[rule]?[number]).flatMap(\.self).flatMap { waivers[$0] }
    }
}
