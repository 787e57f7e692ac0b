/// What became of something between two audits, in the order in which it deserves attention.
package enum Change: String, Codable, Sendable, CaseIterable, Comparable {
    /// It was not found before, or did not break the rule.
    case new
    /// It was gone, in an earlier audit or from what a container sees, and is back.
    case reopened
    /// Somebody had accepted it, and that does not count any more.
    case waiverLapsed = "waiver-lapsed"
    /// Somebody looked before and nobody did now, so that it is gone proves nothing.
    case coverageLost = "coverage-lost"
    /// A rule speaks to other controls, or otherwise, or counts for more or less.
    case mappingChanged = "mapping-changed"
    /// A detector has another version or other rules, so that a difference may come from it and not from the image.
    case detectorChanged = "detector-changed"
    /// It is gone, and somebody looked.
    case fixed
    case stillThere = "still-there"

    /// What a pipeline fails on where nobody says otherwise: everything that is worse than before.
    package static let worse: [Change] = [.new, .reopened, .waiverLapsed, .coverageLost]

    package static func < (left: Change, right: Change) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}
