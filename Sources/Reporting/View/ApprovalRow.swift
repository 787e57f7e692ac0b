internal import Model

/// An authority that the image may trust because somebody approved it, and not because a package holds it.
package struct ApprovalRow: Hashable, Sendable {
    package let authority: SafeText
    /// The entry of the approved set that names it.
    package let entry: SafeText
    /// Who approved it and what for.
    package let reason: SafeText

    /// Each once, however many files of `inventory`, as it was judged, hold it; in order.
    static func all(in inventory: [InventoryItem], by anchors: [TrustAnchor]) -> [ApprovalRow] {
        let entries = Set(anchors.map(\.name))
        guard !entries.isEmpty else { return [] }
        let rows = inventory.compactMap { item -> ApprovalRow? in
            guard item.attributes["trust"] == .text(TrustStanding.approved.rawValue),
                case .text(let entry)? = item.attributes["approvedBy"], entries.contains(entry)
            else { return nil }
            return ApprovalRow(
                authority: .cleaning(item.title, limit: 200), entry: .cleaning(entry, limit: 200),
                reason: .cleaning(item.attributes["trustReason"]?.display ?? "", limit: 600))
        }
        return Set(rows).sorted {
            ($0.authority, $0.entry, $0.reason) < ($1.authority, $1.entry, $1.reason)
        }
    }
}
