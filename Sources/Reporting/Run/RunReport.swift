package import Model

/// What the page on a run over several images lays out: counted and sorted once, whatever order they came in.
package struct RunReport: Sendable {
    let tool: SafeText
    let policyTitle: SafeText
    let policyID: SafeText
    let asOf: Instant
    /// What needs attention first.
    let entries: [RunEntry]
    let heatMaps: [HeatMap]
    let sharedLayers: [SharedLayer]
    let sharedSecrets: [SharedSecret]
    /// The ids of the fingerprint keys; fingerprints under different ones do not compare.
    let keys: [SafeText]

    /// The run that judged `entries` against `policy`.
    package init(_ entries: [RunEntry], policy: Policy, asOf: Instant, toolVersion: String) {
        tool = "palimpsest \(SafeText.cleaning(toolVersion, limit: 40))"
        policyTitle = .cleaning(policy.title, limit: 120)
        policyID = .cleaning(policy.id, limit: 60)
        self.asOf = asOf
        let entries = entries.sorted(by: RunEntry.isBefore)
        self.entries = entries
        let scorecards = Scorecard.ordered(policy, outcome: Outcome(rules: [], controls: []))
        heatMaps = scorecards.enumerated().map { HeatMap($0.element, at: $0.offset, of: entries) }
        let judged = entries.compactMap(\.judged)
        sharedLayers = SharedLayer.all(in: judged.map { ($0.image, $0.leaks) })
        sharedSecrets = SharedSecret.all(in: entries)
        keys = Set(judged.map(\.secrets.key)).sorted().map { .cleaning($0, limit: 80) }
    }

    /// How many images have this status; those that could not be audited are none of them.
    func count(of status: Status) -> Int { entries.count { $0.judged?.status == status } }

    /// How many platforms there are among them; of one nobody needs to be told row by row.
    var platforms: Int { Set(entries.filter { $0.judged != nil }.map(\.platform)).count }

    /// Whether one image is among them under several names, of which none shares anything with another.
    var hasTwins: Bool {
        let judged = entries.compactMap(\.judged?.image)
        return Set(judged).count < judged.count
    }

    var failures: Int { entries.count { $0.judged == nil } }

    /// The worst that came out.
    var status: Status { entries.map(\.status).min { $0.attention < $1.attention } ?? .notApplicable }

    /// How many findings of each severity there are in all images together, worst first.
    var severities: [(severity: Severity, count: Int)] {
        Severity.allCases.reversed().compactMap { severity in
            let count = entries.reduce(0) { $0 + $1.count(of: severity) }
            return count == 0 ? nil : (severity, count)
        }
    }

    /// Secrets that were not compared, because an image has too many of them.
    var secretsLeftOut: Int { entries.reduce(0) { $0 + ($1.judged?.secrets.leftOut ?? 0) } }
}
