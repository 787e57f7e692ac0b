internal import Model

/// How the run went: not well where anything could not be assessed, so that no empty list is taken for a clean image.
enum SARIFInvocation {
    private enum Notice: String, CaseIterable {
        case notAssessed = "rule-not-assessed"
        case error = "rule-error"
        case gap = "gap"
        case unfinished = "detector-not-completed"
        case leftOut = "results-left-out"

        var text: SafeText {
            switch self {
            case .notAssessed: "evidence that the rule needs is missing"
            case .error: "judging the rule went wrong"
            case .gap: "something could not be read, and may hide what breaks a rule"
            case .unfinished: "a detector did not look at everything"
            case .leftOut: "there are more results than a file may hold"
            }
        }
    }

    static let descriptors: [JSONValue] = Notice.allCases.map {
        ["id": .word($0), "shortDescription": ["text": .text($0.text)]]
    }

    private static let shownGaps = 100

    static func value(_ report: Report, _ catalogue: SARIFCatalogue, leftOut: Int) -> JSONValue {
        var notices = report.rules.filter { $0.status == .notAssessed || $0.status == .error }.map { rule in
            notice(
                rule.status == .error ? .error : .notAssessed, level: "error", "\(rule.id): \(rule.reason)",
                rule: ["id": .text(rule.id), "index": .number(catalogue.index(of: rule))])
        }
        let gaps = report.gaps.filter(\.blocksPass)
        notices += gaps.prefix(shownGaps).map { gap in
            notice(.gap, level: "warning", "\(gap.layer), \(gap.path): \(gap.reason): \(gap.detail)")
        }
        if gaps.count > shownGaps {
            notices.append(
                notice(.gap, level: "warning", "\(gaps.count - shownGaps, "more gap") left out here"))
        }
        let unfinished = report.receipts.filter { $0.outcome != .completed }
        notices += unfinished.prefix(shownGaps).map { receipt in
            let reason = receipt.reason.map { ": \($0)" as SafeText } ?? ""
            return notice(
                .unfinished, level: "warning", "\(receipt.detector) \(.word(receipt.outcome))\(reason)")
        }
        if leftOut > 0 {
            notices.append(
                notice(.leftOut, level: "error", "\(leftOut, "result") left out; the HTML report has all"))
        }
        let status = report.verdict.status
        return [
            "executionSuccessful": .flag(
                status != .notAssessed && status != .error && gaps.isEmpty && unfinished.isEmpty),
            "endTimeUtc": .text(.cleaning(report.basis.asOf.description)),
            "toolExecutionNotifications": .list(notices),
        ]
    }

    private static func notice(
        _ notice: Notice, level: SafeText, _ text: SafeText, rule: JSONValue? = nil
    ) -> JSONValue {
        [
            "descriptor": [
                "id": .word(notice), "index": .number(Notice.allCases.firstIndex(of: notice) ?? 0),
            ],
            "level": .text(level), "message": ["text": .text(text)], "associatedRule": rule,
        ]
    }
}
