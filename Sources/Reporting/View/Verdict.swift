package import Model

/// What the report opens with.
package struct Verdict: Sendable {
    package let status: Status
    package let headline: SafeText
    package let reason: SafeText
    /// What the status would be if no risk were accepted.
    package let withoutWaivers: Status

    init(_ assessment: Assessment) {
        status = assessment.status
        withoutWaivers = assessment.statusWithoutWaivers
        headline = Self.headline(assessment.status)
        reason = .cleaning(assessment.reason, limit: 1000)
    }

    private static func headline(_ status: Status) -> SafeText {
        switch status {
        case .pass: "The policy is met"
        case .warn: "The policy is met, with something to look at"
        case .waived: "The policy is not met, and the risk was accepted"
        case .fail: "The policy is not met"
        case .error: "Judging the image went wrong"
        case .notAssessed: "The verdict is withheld: evidence is missing"
        case .notApplicable: "The policy is not about this image"
        case .manual: "Only a person can judge this image"
        }
    }
}

extension Status {
    /// As reports write it beside its sign.
    package var label: SafeText {
        switch self {
        case .pass: "pass"
        case .warn: "warning"
        case .waived: "waived"
        case .fail: "fail"
        case .error: "error"
        case .notAssessed: "not assessed"
        case .notApplicable: "not applicable"
        case .manual: "manual"
        }
    }

    /// The reason behind the label, which stands there once where the reason begins with it.
    func label(_ reason: SafeText) -> SafeText {
        let isSaid = [":", ","].contains { reason.text.hasPrefix(label.text + $0) }
        return isSaid ? reason : "\(label): \(reason)"
    }

    /// Whether somebody should look at it; an accepted risk was looked at already.
    package var needsAttention: Bool { attention < Status.waived.attention }

    /// What needs attention first comes first.
    package var attention: Int {
        switch self {
        case .error: 0
        case .notAssessed: 1
        case .fail: 2
        case .warn: 3
        case .waived: 4
        case .pass: 5
        case .manual: 6
        case .notApplicable: 7
        }
    }

    /// Every status, in the order of ``attention``.
    package static let byAttention: [Status] = allCases.sorted { $0.attention < $1.attention }
}
