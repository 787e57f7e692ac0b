/// How bad a finding is if it is what it seems to be; ordered from `info` up.
package enum Severity: String, Codable, Sendable, CaseIterable, Comparable {
    case info, low, medium, high, critical

    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    /// 0 for `info` up to 4 for `critical`.
    package var rank: Int {
        switch self {
        case .info: 0
        case .low: 1
        case .medium: 2
        case .high: 3
        case .critical: 4
        }
    }
}
