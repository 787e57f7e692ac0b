/// What one audit says otherwise than another: the document that `palimpsest diff` writes.
package struct AuditDifference: Hashable, Sendable, Codable {
    /// The name and version of the document's form.
    package static let schema = "palimpsest.diff/1"

    package let schemaVersion: String
    /// Whether everything could be compared.
    package let isComplete: Bool
    /// How often each change occurred, over all images.
    package let totals: [String: Int]
    package let before: ComparedDocument
    package let after: ComparedDocument
    /// Audits before that, the oldest first: what they found and the one before did not can be reopened.
    package let earlier: [ComparedDocument]
    package let images: [ImageDifference]

    package init(
        before: ComparedDocument, after: ComparedDocument, earlier: [ComparedDocument] = [],
        images: [ImageDifference]
    ) {
        schemaVersion = Self.schema
        isComplete = images.allSatisfy(\.untold.isEmpty)
        totals = Dictionary(
            uniqueKeysWithValues: Change.allCases.map { change in
                (change.rawValue, images.reduce(0) { $0 + $1.count(of: change) })
            })
        self.before = before
        self.after = after
        self.earlier = earlier
        self.images = images
    }

    /// Those of `changes` that occurred, and that nobody accepted.
    package func occurred(of changes: Set<Change>) -> [Change] {
        changes.sorted().filter { change in images.contains { $0.shows(change) } }
    }
}
