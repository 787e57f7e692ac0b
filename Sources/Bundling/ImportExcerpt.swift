internal import Model

/// All that was taken in of another tool's results: of them nothing else is kept, since secrets may stand in it.
struct ImportExcerpt: Encodable {
    let receipt: Receipt
    let findings: [Finding]
    let inventory: [InventoryItem]

    /// What each tool's results gave, in the order of the receipts.
    static func all(in evidence: Evidence) -> [ImportExcerpt] {
        evidence.receipts.filter { $0.imported != nil }.map { receipt in
            ImportExcerpt(
                receipt: receipt,
                findings: evidence.findings.filter { finding in
                    finding.detector == receipt.detector
                        || finding.witnesses?.contains { $0.detector == receipt.detector } ?? false
                },
                inventory: evidence.inventory.filter { $0.detector == receipt.detector })
        }
    }
}
