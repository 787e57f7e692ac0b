internal import Model

/// Holds trust anchors, and authorities' certificates elsewhere, against the approved set.
///
/// What comes out depends on the policy and the instant, so it is no part of the evidence: whatever evidence says of it is
/// written over. Approved is what an entry of the set names; and in a trust store, what the distribution's own package
/// holds. An approval that ended is worth nothing, whoever else vouches: the policy said so.
struct TrustJudge {
    private let certificates: [String: TrustAnchor]
    private let keys: [String: TrustAnchor]

    init(_ anchors: [TrustAnchor]) {
        // Where two entries name one authority, the approval that ends later counts.
        func latest(_ left: TrustAnchor, _ right: TrustAnchor) -> TrustAnchor {
            guard let first = left.until, let second = right.until else {
                return left.until == nil ? left : right
            }
            return first >= second ? left : right
        }
        certificates = Dictionary(
            anchors.compactMap { anchor in anchor.sha256.map { ($0, anchor) } }, uniquingKeysWith: latest)
        keys = Dictionary(
            anchors.compactMap { anchor in anchor.sha256 == nil ? anchor.spki.map { ($0, anchor) } : nil },
            uniquingKeysWith: latest)
    }

    /// `evidence` with what is to be said of each authority.
    func judged(_ evidence: Evidence, asOf: Instant) -> JudgedEvidence {
        var evidence = evidence
        if evidence.schemaVersion == Evidence.schema { evidence.annotateInventory { judged($0, asOf) } }
        return JudgedEvidence(evidence, asOf: asOf)
    }

    private func judged(_ item: InventoryItem, _ asOf: Instant) -> InventoryItem {
        var item = item
        for name in ["trust", "approvedBy", "trustReason"] { item.attributes[name] = nil }
        guard item.type == .trustAnchor || item.type == .certificate && item.attributes["isCA"] == .flag(true)
        else { return item }
        let (standing, approver, reason) = judgement(on: item, asOf)
        item.attributes["trust"] = .text(standing.rawValue)
        item.attributes["approvedBy"] = approver.map(AttributeValue.text)
        item.attributes["trustReason"] = .text(reason)
        return item
    }

    private func judgement(on item: InventoryItem, _ asOf: Instant) -> (
        TrustStanding, approver: String?, reason: String
    ) {
        let entry =
            text("sha256", of: item).flatMap { certificates[$0] }
            ?? text("spki", of: item).flatMap { keys[$0] }
        // The day itself still counts, as the last one of a waiver does.
        if let entry, let until = entry.until, until.adding(days: 1) <= asOf {
            return (.stale, nil, "the approval of \(entry.name) ended on \(until.day)")
        }
        let package = item.type == .trustAnchor ? text("package", of: item) : nil
        let approver = entry?.name ?? package.map { "the distribution's package \($0)" }
        if case .instant(let end)? = item.attributes["notAfter"], end < asOf {
            return (.stale, approver, "it ran out on \(end.day)")
        }
        if let entry { return (.approved, approver, entry.reason) }
        guard let approver else { return (.unknown, nil, "nobody vouches for it") }
        return (.approved, approver, "it is in a trust store that the package holds")
    }

    private func text(_ name: String, of item: InventoryItem) -> String? {
        if case .text(let text)? = item.attributes[name] { text } else { nil }
    }
}
