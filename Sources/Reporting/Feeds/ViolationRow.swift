internal import Model

/// One subject, or the image as a whole, that breaks one rule: what feeds list as a finding.
struct ViolationRow {
    let rule: RuleRow
    /// Nil for the image as a whole.
    let subject: Subject?
    /// The waiver that accepts it; nil where any of its places is not accepted.
    let waiver: WaiverRow?
    /// Follows from the image's name without tag, the rule and the secret, so it outlives a rebuild.
    let id: SafeText

    /// What breaks the rule, in a few words.
    var title: SafeText { subject.map { "\($0.title): \(rule.title)" } ?? rule.title }

    /// Where the first of its places is.
    var place: SafeText { subject.map { $0.placements[0].place } ?? "the image as a whole" }
}

extension Report {
    /// What breaks the rules that are not met, in the order of the rules and then of the subjects.
    ///
    /// A rule that lets some be and is met has none here: its report is that it passes.
    var violations: [ViolationRow] {
        let accepted = Acceptances(self)
        return rules.filter { $0.status.attention <= Status.waived.attention }.flatMap { rule in
            let ofSubjects = rule.subjects.map { number in
                row(rule, subject: subjects[number - 1], waiver: accepted.waiver(of: number, in: rule.key))
            }
            guard rule.imageItself else { return ofSubjects }
            return ofSubjects + [row(rule, subject: nil, waiver: accepted.waiver(of: 0, in: rule.key))]
        }
    }

    /// Findings that break no rule; they are counted everywhere and listed by the reports on everything.
    var findingsWithoutRule: Int { subjects.count { $0.isFinding && $0.brokenRules.isEmpty } }

    private func row(_ rule: RuleRow, subject: Subject?, waiver: String?) -> ViolationRow {
        let what = subject.map { $0.fingerprint ?? .cleaning($0.placements[0].id) } ?? "image"
        return ViolationRow(
            rule: rule, subject: subject,
            waiver: waiver.flatMap { id in waivers.first { $0.id == .cleaning(id, limit: 120) } },
            id: DerivedID.make([image.slug, rule.id, what]))
    }
}

/// Which violations somebody accepted.
private struct Acceptances {
    /// By rule and subject number, 0 for the image; nil where any place is not accepted.
    private var waivers: [String: [Int: String?]] = [:]

    init(_ report: Report) {
        let numbers = SubjectNumbers(report.subjects)
        for result in report.assessment.rules {
            for violation in result.violations {
                let number = numbers[violation.id] ?? 0
                let known = waivers[result.id, default: [:]][number]
                let isOpen = violation.waiver == nil || known == .some(nil)
                waivers[result.id, default: [:]][number] = .some(isOpen ? nil : violation.waiver)
            }
        }
    }

    func waiver(of number: Int, in rule: String) -> String? { (waivers[rule]?[number]).flatMap(\.self) }
}
