internal import Model

/// What the page on a run keeps of one image: a few kilobytes, so that its evidence can be forgotten.
package struct RunEntry: Sendable {
    /// What is kept of an image that was judged.
    struct Judged: Sendable {
        let status: Status
        let image: Digest
        let severities: [(severity: Severity, count: Int)]
        let failedRules: Int
        let unknownRules: Int
        /// For each framework of the policy, the status of each of its controls, in their order.
        let controls: [[Status]]
        let leaks: [LayerLeak]
        let secrets: HeldSecrets
        let base: SafeText?
    }

    let name: SafeText
    /// Platform and digest; empty where the image could not be audited.
    let platform: SafeText
    let digest: SafeText
    /// What the verdict rests on, or why there is none.
    let reason: SafeText
    /// The folder of its reports, beside the page; nil where there is none.
    let folder: SafeText?
    /// Nil where the image could not be audited.
    let judged: Judged?

    /// An image with its report, which lies in `folder`.
    package init(_ report: Report, leaks: [LayerLeak], folder: String) {
        name = report.image.name
        platform = report.image.platform
        digest = .cleaning(report.evidence.image.digest.short)
        reason = report.verdict.reason.shortened(to: 160)
        self.folder = .cleaning(folder)
        judged = Judged(
            status: report.verdict.status, image: report.evidence.image.digest,
            severities: report.severities, failedRules: report.rules.count { $0.status == .fail },
            unknownRules: report.rules.count { $0.status == .notAssessed || $0.status == .error },
            controls: report.scorecards.map { $0.controls.map(\.status) }, leaks: leaks,
            secrets: HeldSecrets(report.evidence), base: Self.base(report))
    }

    /// What the image is built on; one that was given, and that it shares no layer with, is none of its.
    private static func base(_ report: Report) -> SafeText? {
        guard let base = report.evidence.image.base, base.source != .given || base.layers > 0 else {
            return nil
        }
        return report.image.base?.name
    }

    /// An image that could not be audited, and why.
    package init(failed name: String, because reason: String) {
        self.name = .cleaning(name)
        platform = .empty
        digest = .empty
        self.reason = .cleaning(reason, limit: 600)
        folder = nil
        judged = nil
    }

    /// What is counted: an image without a verdict is an error.
    var status: Status { judged?.status ?? .error }

    /// What needs attention first comes first, and of that what has the most of it.
    static func isBefore(_ left: RunEntry, _ right: RunEntry) -> Bool {
        if left.rank != right.rank { return left.rank < right.rank }
        for severity in Severity.allCases.reversed() {
            let (first, second) = (left.count(of: severity), right.count(of: severity))
            if first != second { return first > second }
        }
        return (left.name, left.platform, left.digest) < (right.name, right.platform, right.digest)
    }

    private var rank: Int { judged.map { $0.status.attention + 1 } ?? 0 }

    func count(of severity: Severity) -> Int {
        judged?.severities.first { $0.severity == severity }?.count ?? 0
    }
}
