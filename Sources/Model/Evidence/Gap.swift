/// Bytes or an input that could not be read or was skipped, with the reason.
package struct Gap: Hashable, Sendable, Codable {
    /// The non-empty layer's index; nil for the image's metadata or another tool's results.
    package let layer: Int?
    package let path: EntryPath?
    package let reason: GapReason
    /// How many bytes were not looked at; 0 where nobody can know.
    package let bytes: Int
    /// What happened, in the words of whoever noticed.
    package let detail: String
    /// The only classes of evidence that something is missing from; nil where it may be any.
    package let missing: [EvidenceClass]?

    package init(
        layer: Int?, path: EntryPath? = nil, reason: GapReason, bytes: Int = 0, detail: String,
        missing: [EvidenceClass]? = nil
    ) {
        self.layer = layer
        self.path = path
        self.reason = reason
        self.bytes = bytes
        self.detail = detail
        self.missing = missing
    }
}

extension Gap: Comparable {
    package static func < (left: Gap, right: Gap) -> Bool {
        guard left.layer == right.layer else { return (left.layer ?? -1) < (right.layer ?? -1) }
        if let leftPath = left.path, let rightPath = right.path, leftPath != rightPath {
            return leftPath < rightPath
        }
        guard (left.path == nil) == (right.path == nil) else { return left.path == nil }
        return (left.reason.rawValue, left.bytes, left.detail) < (
            right.reason.rawValue, right.bytes, right.detail
        )
    }
}
