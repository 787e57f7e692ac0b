/// A detector whose receipts say otherwise what ran; one that ran only before is a ``CoverageLoss``.
package struct DetectorDifference: Hashable, Sendable, Codable {
    package struct Version: Hashable, Sendable, Codable, Comparable {
        package let version: String
        /// Nil where it has none.
        package let rules: Digest?
        /// Of when its database of vulnerabilities is; nil where it does not say.
        package let database: String?

        package init(_ receipt: Receipt) {
            version = receipt.version
            rules = receipt.rules
            database = receipt.imported?.database
        }

        package static func < (left: Version, right: Version) -> Bool {
            (left.version, left.rules?.text ?? "", left.database ?? "")
                < (right.version, right.rules?.text ?? "", right.database ?? "")
        }
    }

    package let detector: String
    package let tool: String
    /// Empty where it did not run.
    package let before: [Version]
    package let after: [Version]

    package init(detector: String, tool: String, before: [Version], after: [Version]) {
        self.detector = detector
        self.tool = tool
        self.before = before
        self.after = after
    }
}
