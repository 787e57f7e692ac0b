/// What one audit of an image says otherwise than the one before it.
package struct ImageDifference: Hashable, Sendable, Codable {
    /// Nil where the earlier documents have no such image.
    package let before: ComparedAudit?
    /// Nil where the later documents have no such image.
    package let after: ComparedAudit?
    package let subjects: [SubjectDifference]
    package let rules: [RuleDifference]
    package let controls: [ControlDifference]
    package let coverage: [CoverageLoss]
    package let mapping: [MappingDifference]
    package let detectors: [DetectorDifference]
    /// What cannot be told, and why, in a sentence each; empty where all could be compared.
    package let untold: [String]

    package init(
        before: ComparedAudit?, after: ComparedAudit?, subjects: [SubjectDifference] = [],
        rules: [RuleDifference] = [], controls: [ControlDifference] = [], coverage: [CoverageLoss] = [],
        mapping: [MappingDifference] = [], detectors: [DetectorDifference] = [], untold: [String] = []
    ) {
        self.before = before
        self.after = after
        self.subjects = subjects.sorted()
        self.rules = rules.sorted()
        self.controls = controls
        self.coverage = coverage.sorted()
        self.mapping = mapping
        self.detectors = detectors
        self.untold = untold
    }

    /// How often something changed so.
    package func count(of change: Change) -> Int {
        switch change {
        case .mappingChanged: mapping.count + rules.count { $0.change == change }
        case .detectorChanged: detectors.count
        default:
            subjects.count { $0.change == change } + rules.count { $0.change == change }
                + (change == .coverageLost ? coverage.count : 0)
        }
    }

    /// Whether something changed so that nobody accepted in the later audit.
    package func shows(_ change: Change) -> Bool {
        switch change {
        case .new, .reopened:
            subjects.contains { $0.change == change && $0.acceptedBy == nil }
                || rules.contains { $0.change == change && $0.after != .waived }
        default: count(of: change) > 0
        }
    }
}
