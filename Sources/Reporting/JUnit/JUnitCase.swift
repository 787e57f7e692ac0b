internal import Model

/// One case: a control, a rule, or a case of the policy's own tests.
struct JUnitCase {
    enum Outcome {
        case passed
        case failed(type: SafeText, message: SafeText)
        case skipped(message: SafeText)

        var isFailure: Bool { if case .failed = self { true } else { false } }
        var isSkipped: Bool { if case .skipped = self { true } else { false } }
    }

    let name: SafeText
    let className: SafeText
    let outcome: Outcome
    /// Lines below the message.
    let details: [SafeText]
    /// What a passed case still has to say; where no case may have an output of its own, the suite says it.
    let output: [SafeText]
    /// Where the rule is written; a control stands in no file of the policy.
    let file: SafeText?
}

extension JUnitCase {
    init(_ control: ControlRow, of className: SafeText, report: Report) {
        self.className = className
        name = control.name.shortened(to: 400)
        outcome = Self.outcome(control.status, reason: control.reason)
        details = control.contributions.filter { Self.isFailure($0.status) }.flatMap { contribution in
            ["- rule \(contribution.rule), \(contribution.status.label(contribution.reason))" as SafeText]
                + Self.lines(contribution.subjects, breaking: contribution.key, report: report)
        }
        let isWord = report.attestations.contains { $0.state == .active && $0.control == control.id }
        output =
            isWord
            ? ["\(name): \(control.reason)"] : Self.output(control.status, name: name, reason: control.reason)
        file = nil
    }

    init(_ rule: RuleRow, of className: SafeText, report: Report) {
        self.className = className
        let fullName: SafeText = "\(rule.id) \(rule.title)"
        name = fullName.shortened(to: 400)
        outcome = Self.outcome(rule.status, reason: rule.reason)
        let places = Self.lines(rule.subjects, breaking: rule.key, report: report)
        details = rule.remediation.isEmpty ? places : places + ["- what to do: \(rule.remediation)"]
        output = Self.output(rule.status, name: name, reason: rule.reason)
        // `policy.yaml:12`, and a folder may have a colon in its name.
        let source = rule.source.text
        file = .cleaning(String(source[..<(source.lastIndex(of: ":") ?? source.endIndex)]), limit: 200)
    }

    private static let maximalLines = 20

    private static func isFailure(_ status: Status) -> Bool {
        status == .fail || status == .error || status == .notAssessed
    }

    private static func outcome(_ status: Status, reason: SafeText) -> Outcome {
        switch status {
        case .pass, .warn: .passed
        case .fail: .failed(type: "fail", message: reason)
        case .error: .failed(type: "error", message: "error: \(reason)")
        case .notAssessed: .failed(type: "not-assessed", message: status.label(reason))
        case .waived: .skipped(message: "waived: \(reason)")
        case .notApplicable: .skipped(message: "not applicable: \(reason)")
        case .manual: .skipped(message: "manual: \(reason)")
        }
    }

    private static func output(_ status: Status, name: SafeText, reason: SafeText) -> [SafeText] {
        status == .warn ? ["warning: \(name): \(reason)"] : []
    }

    private static func lines(
        _ numbers: [Int], breaking rule: String, report: Report
    ) -> [SafeText] {
        let shown = numbers.prefix(maximalLines).map { number -> SafeText in
            let subject = report.subjects[number - 1]
            let places = subject.placements(breaking: rule)
            let place = places[0]
            let more = places.count - 1
            let others: SafeText = more == 0 ? "" : " and \(more, "more place")"
            let inheritance = report.inheritance(of: place).map { ", \($0)" as SafeText } ?? ""
            return """
                  \(number). \(subject.title), \(.word(subject.severity)): \(place.place) \
                (\(place.standing))\(inheritance)\(others)
                """
        }
        let missing = numbers.count - shown.count
        return missing == 0 ? shown : shown + ["  and \(.grouped(missing)) more"]
    }
}
