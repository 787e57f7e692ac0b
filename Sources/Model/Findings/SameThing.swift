extension Finding {
    /// The same for one secret in several places, which reports and rules count once.
    package var identity: String { fingerprint?.text ?? id }
}

extension InventoryItem {
    /// The same for one certificate in several places, which reports and rules count once.
    package var identity: String { "\(type.rawValue)\n\(title)\n\(attributes["sha256"]?.display ?? id)" }
}
