/// What makes two things in two builds of an image the same: the secret wherever it stands, else what stands where.
package enum SubjectIdentity: Hashable, Sendable {
    case secret(FindingKind, Fingerprint)
    case place(FindingKind, rule: String, thing: String?, path: EntryPath?, within: [String], config: String?)
    case item(InventoryType, title: String, path: EntryPath?, within: [String], config: String?)

    package init(_ finding: Finding) {
        self =
            finding.fingerprint.map { .secret(finding.kind, $0) }
            ?? .place(
                finding.kind, rule: finding.rule, thing: Self.thing(finding), path: finding.location.path,
                within: finding.location.within,
                config: finding.location.isHistory ? nil : finding.location.config)
    }

    /// What a rule is about beside the place: the package that has a weakness; and instead of it, the instruction that the
    /// history has at some place.
    private static func thing(_ finding: Finding) -> String? {
        if finding.kind == .vulnerableComponent { return finding.attributes["package"]?.display }
        return finding.location.isHistory ? finding.createdBy : nil
    }

    package init(_ item: InventoryItem) {
        self = .item(
            item.type, title: item.title, path: item.location.path, within: item.location.within,
            config: item.location.config)
    }
}
