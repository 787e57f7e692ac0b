/// A subject of rules, as the fields that matchers can test.
package protocol Facts: Sendable {
    /// The value of `field`, or nil where this subject has none.
    func value(of field: FactField) -> AttributeValue?
}

extension Finding: Facts {
    package func value(of field: FactField) -> AttributeValue? {
        switch field.key {
        case .kind: .text(kind.rawValue)
        case .rule: .text(rule)
        case .severity: .text(severity.rawValue)
        case .confidence: .text(confidence.rawValue)
        case .detector: .text(detector)
        case .title: .text(title)
        case .persistence: persistence.known
        case .origin: .text(origin.rawValue)
        case .createdBy: createdBy.map(AttributeValue.text)
        case .sharedImages: .number(sharedImages)
        case .inSource: inSource.map { .flag(!$0.isEmpty) }
        case .rated: .flag(isRated)
        case .verified: .flag(isVerified)
        case .suppressed: .flag(isSuppressed)
        default: location.value(of: field) ?? attributes[field.name]
        }
    }
}

extension Finding {
    /// Whether somebody who reports it says how severe it is.
    package var isRated: Bool { witnesses?.contains { $0.severity != nil } ?? true }

    /// Whether another tool tried the credential, and it works.
    package var isVerified: Bool { witnesses?.contains { $0.verified == true } ?? false }

    /// Whether all who report it were told not to.
    package var isSuppressed: Bool {
        guard let reporting = witnesses?.filter({ $0.passed != true }) else { return false }
        return !reporting.isEmpty && reporting.allSatisfy { $0.suppressed != nil }
    }
}

extension InventoryItem: Facts {
    package func value(of field: FactField) -> AttributeValue? {
        switch field.key {
        case .type: .text(type.rawValue)
        case .detector: .text(detector)
        case .title: .text(title)
        case .persistence: persistence.known
        case .origin: .text(origin.rawValue)
        case .createdBy: createdBy.map(AttributeValue.text)
        default: location.value(of: field) ?? attributes[field.name]
        }
    }
}

extension Location {
    fileprivate func value(of field: FactField) -> AttributeValue? {
        switch field.key {
        case .path: path.map { .text($0.description) }
        case .within: within.isEmpty ? nil : .text(within.joined(separator: "!/"))
        case .config: config.map(AttributeValue.text)
        case .layer: layer.map { .number($0.index) }
        default: nil
        }
    }
}

extension Evidence: Facts {
    package func value(of field: FactField) -> AttributeValue? {
        switch field.key {
        case .name: .text(image.name)
        case .platform: .text(image.platform)
        case .created: image.created.map(AttributeValue.instant)
        case .environment: image.environment.map(AttributeValue.text)
        case .based: .flag(knowsBase)
        case .baseline: .flag(baseline != nil)
        case .compared: .flag(comparedWith != nil)
        case .comparedEnvironments: .number(otherEnvironments(in: comparedWith))
        case .layers: .number(layers.count { !$0.empty })
        case .components: most(.components) { $0.components }
        case .signatures: most(.signatures) { $0.signatures }
        case .registry: image.registry.map(AttributeValue.text)
        default: field.label.flatMap { label in image.labels.map { .text($0[label] ?? "") } }
        }
    }

    /// The largest number that a whole run of another tool over this image gives; nil where one that broke off might have.
    private func most(_ evidence: EvidenceClass, _ count: (ImportFacts) -> Int?) -> AttributeValue? {
        let runs = receipts.filter { $0.target == image.digest }
        let counts = runs.filter { $0.outcome == .completed }.compactMap { $0.imported.flatMap(count) }
        let isUntold = runs.contains { run in
            run.outcome != .completed && run.provides.contains(evidence)
                && run.imported.flatMap(count) == nil
        }
        guard let most = counts.max() else { return isUntold ? nil : .number(0) }
        return .number(most)
    }
}

extension FactField {
    /// Whether a subject without this field is known to have none, rather than nobody having looked.
    ///
    /// Where something is, is always known: what lies in the metadata has no path, and what lies in a plain file is
    /// within nothing.
    package var absenceIsKnown: Bool {
        switch key {
        case .path, .within, .config, .layer: true
        default: false
        }
    }
}

extension FactField {
    /// Whether an empty text says that there is none, as everybody could see who looked.
    package var isNoneWhereEmpty: Bool { key == .registry || label != nil }
}

extension Evidence {
    /// Whether it is known which of the layers are inherited.
    ///
    /// They are where the base itself was looked at, or the history shows where it ends; a base that is only named tells
    /// of no layer. What is said to be inherited counts whatever is said of the base.
    fileprivate var knowsBase: Bool {
        if let base = image.base, base.layers > 0 || base.ownLayers != nil { return true }
        // Looked at in place: there may be very many.
        return layers.contains { $0.origin == .base }
            || findings.indices.contains { findings[$0].origin == .base }
    }

    /// How many environments other than its own those images are for; 0 where nothing says what its own is.
    fileprivate func otherEnvironments(in others: [ComparedImage]?) -> Int {
        guard let own = image.environment else { return 0 }
        return Set((others ?? []).compactMap(\.environment)).subtracting([own]).count
    }
}

extension Persistence {
    /// As matchers see it: where nobody knows what became of a file, no test of it holds or fails.
    fileprivate var known: AttributeValue? { self == .unknown ? nil : .text(rawValue) }
}
