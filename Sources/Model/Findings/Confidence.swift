/// How sure the detector is that a finding is what it seems to be; ordered from `low` up.
package enum Confidence: String, Codable, Sendable, CaseIterable, Comparable {
    case low, medium, high

    package static func < (left: Confidence, right: Confidence) -> Bool { left.rank < right.rank }

    /// 0 for `low` up to 2 for `high`.
    package var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }
}
