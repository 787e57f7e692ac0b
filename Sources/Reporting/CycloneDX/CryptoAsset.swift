internal import Model

/// A key, certificate or credential, in all its places.
struct CryptoAsset {
    struct Certificate {
        let subject: SafeText?
        let issuer: SafeText?
        let notBefore: SafeText?
        let notAfter: SafeText?
    }

    enum Form {
        case certificate(Certificate)
        case material(type: SafeText, bits: Int?, expires: SafeText?)
    }

    let reference: SafeText
    let title: SafeText
    let form: Form
    let algorithm: SafeText?
    /// Of a certificate, or of a public key.
    let digest: SafeText?
    let placements: Placements
    let notes: [(name: SafeText, value: SafeText)]

    /// Secrets as findings have them, and the inventory; a private key that is both is listed once.
    static func all(in report: Report) -> [CryptoAsset] {
        let secrets = Dictionary(grouping: report.evidence.findings.filter(\.kind.isSecret)) {
            $0.fingerprint?.text ?? $0.id
        }
        let places = Set(secrets.values.joined().map { Place($0.location) })
        let items = report.evidence.inventory.filter { item in
            Self.type(of: item.type) != nil && !(item.type == .key && places.contains(Place(item.location)))
        }
        let groups = Dictionary(grouping: items) { item in
            [item.type.rawValue, item.attributes["sha256"]?.display ?? item.id]
        }
        let assets =
            secrets.values.map { CryptoAsset(findings: $0) } + groups.values.map { CryptoAsset(items: $0) }
        return assets.sorted { $0.reference < $1.reference }
    }

    /// Where something is, whatever length and line its detector noted.
    private struct Place: Hashable {
        let location: Location

        init(_ location: Location) {
            var place = location
            (place.line, place.column, place.length) = (nil, nil, nil)
            self.location = place
        }
    }

    private init(findings: [Finding]) {
        let ordered = findings.sorted { ($0.location, $0.id) < ($1.location, $1.id) }
        let first = ordered[0]
        let attributes = Attributes(first.attributes)
        let key: SafeText = .cleaning(first.fingerprint?.short ?? first.id)
        reference = "secret:\(key)"
        title = .cleaning(first.title, limit: 200)
        form = .material(
            type: first.kind.rawValue.hasPrefix("key.") ? "private-key" : "credential",
            bits: attributes.number("keyBits"), expires: attributes.instant("expires"))
        algorithm = attributes.text("algorithm")
        digest = nil
        placements = Placements(ordered)
        var notes: [(name: SafeText, value: SafeText)] = [
            ("kind", .word(first.kind)), ("detector-rule", .cleaning(first.rule, limit: 120)),
        ]
        if let fingerprint = first.fingerprint { notes.append(("fingerprint", .cleaning(fingerprint.short))) }
        self.notes = notes
    }

    private init(items: [InventoryItem]) {
        let ordered = items.sorted { ($0.location, $0.id) < ($1.location, $1.id) }
        let first = ordered[0]
        let attributes = Attributes(first.attributes)
        let sha256 = attributes.text("sha256").flatMap { Digest("sha256:\($0.text)") == nil ? nil : $0 }
        let key: SafeText = sha256 ?? .cleaning(first.id)
        reference = "\(.word(first.type)):\(key)"
        title = .cleaning(first.title, limit: 200)
        digest = sha256
        if first.type == .certificate || first.type == .trustAnchor {
            form = .certificate(
                Certificate(
                    subject: attributes.text("subject"), issuer: attributes.text("issuer"),
                    notBefore: attributes.instant("notBefore"), notAfter: attributes.instant("notAfter")))
            algorithm = attributes.text("signatureAlgorithm")
        } else {
            form = .material(
                type: Self.type(of: first.type) ?? "unknown", bits: attributes.number("keyBits"), expires: nil
            )
            algorithm = attributes.text("algorithm")
        }
        placements = Placements(ordered)
        notes = [("type", .word(first.type))]
    }

    /// As CycloneDX has it; nil for what neither is nor holds a key, a certificate or a credential.
    private static func type(of type: InventoryType) -> SafeText? {
        switch type {
        case .certificate, .trustAnchor: "certificate"
        case .key, .hostKey: "private-key"
        case .packageFile: "other"
        case .authorizedKey: "public-key"
        case .credentialStore: "credential"
        case .serviceAccount: "token"
        case .user, .runtimeUser, .sudoRule, .setuidFile, .fileCapability, .exposedPort, .volume: nil
        }
    }
}

/// What a detector noted, by name, made safe.
private struct Attributes {
    private let values: [String: AttributeValue]

    init(_ values: [String: AttributeValue]) { self.values = values }

    func text(_ name: String) -> SafeText? { values[name].map { .cleaning($0.display, limit: 400) } }

    func number(_ name: String) -> Int? {
        if case .number(let number)? = values[name], number >= 0 { number } else { nil }
    }

    func instant(_ name: String) -> SafeText? {
        if case .instant(let instant)? = values[name] { .cleaning(instant.description) } else { nil }
    }
}
