/// Something that the earlier audit looked at and the later one did not.
package struct CoverageLoss: Hashable, Sendable, Codable, Comparable {
    package enum Part: String, Codable, Sendable, CaseIterable {
        /// The image is not among those of the later audit.
        case image
        /// A class of evidence.
        case evidence
        /// A detector, by its receipts.
        case detector
        /// Bytes or an input, by a gap.
        case gap
    }

    package let part: Part
    package let name: String
    package let reason: String

    package init(part: Part, name: String, reason: String) {
        self.part = part
        self.name = name
        self.reason = reason
    }

    package static func < (left: CoverageLoss, right: CoverageLoss) -> Bool {
        (Part.allCases.firstIndex(of: left.part) ?? 0, left.name, left.reason)
            < (Part.allCases.firstIndex(of: right.part) ?? 0, right.name, right.reason)
    }
}
