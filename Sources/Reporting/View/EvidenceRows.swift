package import Model

/// Inventory items of one type.
package struct InventoryGroup: Sendable {
    package struct Item: Sendable {
        package let title: SafeText
        package let place: SafeText
        package let layer: SafeText
        package let fate: SafeText
        package let details: SafeText
    }

    package let type: InventoryType
    package let items: [Item]

    /// In the order in which the types are listed, those without items left out.
    static func grouped(_ inventory: [InventoryItem]) -> [InventoryGroup] {
        let places = Placements(inventory)
        let groups = Dictionary(grouping: inventory.indices) { inventory[$0].type }
        return InventoryType.allCases.compactMap { type in
            groups[type].map { positions in
                InventoryGroup(type: type, items: positions.map { item(inventory[$0], at: places[$0]) })
            }
        }
    }

    private static func item(_ item: InventoryItem, at placement: Placement) -> Item {
        let details = item.attributes.sorted { $0.key < $1.key }.map { attribute -> SafeText in
            "\(.cleaning(attribute.key, limit: 60)) \(.cleaning(attribute.value.display, limit: 160))"
        }
        return Item(
            title: .cleaning(item.title, limit: 200), place: placement.place, layer: placement.layerText,
            fate: placement.fate, details: .joined(details, by: " · "))
    }

    /// The type in the plural, as a heading.
    package var title: SafeText {
        switch type {
        case .certificate: "Certificates"
        case .trustAnchor: "Trust anchors"
        case .key: "Private keys"
        case .packageFile: "Keys and examples in packages' own files"
        case .credentialStore: "Credential stores"
        case .user: "Accounts"
        case .runtimeUser: "Runtime user"
        case .authorizedKey: "SSH keys let in"
        case .hostKey: "SSH host keys"
        case .sudoRule: "Sudo rules"
        case .setuidFile: "Setuid and setgid files"
        case .fileCapability: "Files with capabilities"
        case .serviceAccount: "Service account tokens"
        case .exposedPort: "Exposed ports"
        case .volume: "Volumes"
        }
    }
}

/// Something that was not looked at.
package struct GapRow: Sendable {
    package let layer: SafeText
    package let path: SafeText
    package let reason: SafeText
    package let bytes: SafeText
    package let detail: SafeText
    package let blocksPass: Bool

    init(_ gap: Gap) {
        layer = gap.layer.map { "layer \($0)" } ?? "image"
        path =
            gap.path.map { .cleaning($0.description, limit: 600) }
            ?? (gap.layer == nil ? "the image" : "the layer")
        reason = .word(gap.reason)
        bytes = gap.bytes == 0 ? "unknown" : .bytes(gap.bytes)
        detail = .cleaning(gap.detail, limit: 600)
        blocksPass = gap.reason.blocksPass
    }
}

/// Proof that a detector ran.
package struct ReceiptRow: Sendable {
    package let detector: SafeText
    package let tool: SafeText
    package let rules: SafeText
    package let provides: SafeText
    package let coverage: SafeText
    package let outcome: Receipt.Outcome
    package let reason: SafeText?
    private let allNotes: [String]

    init(_ receipt: Receipt) {
        detector = .cleaning(receipt.detector, limit: 120)
        tool = "\(.cleaning(receipt.tool, limit: 60)) \(.cleaning(receipt.version, limit: 40))"
        if let imported = receipt.imported {
            coverage = Self.coverage(imported)
            rules = "its own"
            outcome = receipt.outcome
            reason = receipt.reason.map { .cleaning($0, limit: 400) }
            provides = .joined(receipt.provides.map { .word($0) }, by: ", ")
            allNotes = receipt.notes ?? []
            return
        }
        rules = receipt.rules.map { .cleaning($0.text) } ?? "none"
        provides = .joined(receipt.provides.map { .word($0) }, by: ", ")
        let bytes = receipt.layers.reduce(0) { $0 + $1.bytes }
        let layers: SafeText = "\(receipt.layers.count, "layer"), \(.bytes(bytes))"
        let isOfImage = receipt.provides.contains(where: \.isOfImage) || !receipt.layers.isEmpty
        coverage = !isOfImage ? "beside the image" : receipt.metadata ? "\(layers), metadata" : layers
        allNotes = receipt.notes ?? []
        outcome = receipt.outcome
        reason = receipt.reason.map { .cleaning($0, limit: 400) }
    }

    /// What is to be known of its rules and of what it looked at, in a line; the evidence has all of it.
    func notes(atMost limit: Int) -> SafeText {
        let shown = allNotes.prefix(limit).map { SafeText.cleaning($0, limit: 300) }
        let more = allNotes.count - shown.count
        return .joined(shown + (more > 0 ? ["and \(more, "more note")"] : []), by: "; ")
    }
}

extension EvidenceClass {
    /// Whether it is seen in the image itself.
    fileprivate var isOfImage: Bool { ![.comparison, .environments, .source].contains(self) }
}
