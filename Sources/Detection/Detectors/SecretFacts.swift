internal import Cryptography
internal import Model

/// What can be told of a secret beside the rule that found it, without telling the secret.
struct SecretFacts {
    let kind: FindingKind
    let preview: Redacted
    let attributes: [String: AttributeValue]
    /// What the finding goes by.
    let bases: [ConfidenceBasis]

    /// The facts of `secret`, which stands in `match`, the whole of what the rule's pattern matched.
    init(_ rule: DetectorRule, match: Span<UInt8>, secret: Span<UInt8>) {
        var attributes: [String: AttributeValue] = [:]
        var kind = rule.kind
        var isParsed = false
        if let expires = rule.expiresByDesign { attributes["expiresByDesign"] = .flag(expires) }
        if kind == .privateKey || kind == .encryptedKey {
            let key = (try? PrivateKeyFacts.parse(pem: match)) ?? (try? PrivateKeyFacts.parse(pem: secret))
            key?.note(in: &attributes)
            // The text around a key does not always say whether it is encrypted; the key itself does.
            if let key { kind = key.encrypted ? .encryptedKey : .privateKey }
            isParsed = key != nil
        }
        if rule.checksum == .jsonWebToken, let expires = JSONWebToken(secret)?.expires {
            attributes["expires"] = .instant(expires)
        }
        bases = Self.bases(of: rule, isParsed: isParsed)
        self.kind = kind
        self.attributes = attributes
        preview = Redacted(
            publicPrefix: Self.begins(secret, with: rule.publicPrefix) ? rule.publicPrefix : "",
            length: secret.count)
    }

    /// What the rule asked of the secret, all of which held.
    private static func bases(of rule: DetectorRule, isParsed: Bool) -> [ConfidenceBasis] {
        var bases: [ConfidenceBasis] = []
        switch rule.checksum {
        case .githubCRC32?, .luhn?, .base58Check?: bases.append(.checksum)
        case .jsonWebToken?, .basicCredentials?, .base64Text?, .base64KeyStore?: bases.append(.structure)
        case nil: if isParsed { bases.append(.structure) }
        }
        if !rule.paths.isEmpty { bases.append(.file) }
        if !rule.fields.isEmpty { bases.append(.field) }
        let isRandom = rule.asksForRandomness
        if rule.isForeign {
            bases.append(.foreignRule)
        } else if rule.isAssigned {
            bases.append(isRandom || !bases.isEmpty ? .name : .nameAlone)
        } else {
            bases.append(rule.publicPrefix.isEmpty ? .format : .prefix)
        }
        if isRandom { bases.append(.randomness) }
        return bases
    }

    /// The key as an identity, if the secret is one.
    func key(place: SightedPlace, detector: String) -> SightedItem? {
        guard kind == .privateKey || kind == .encryptedKey else { return nil }
        var algorithm = ""
        if case .text(let name)? = attributes["algorithm"] { algorithm = name + " " }
        return SightedItem(
            detector: detector, type: .key, title: "\(algorithm)private key", place: place,
            attributes: attributes.filter { ["algorithm", "keyBits", "encrypted", "spki"].contains($0.key) })
    }

    private static func begins(_ secret: Span<UInt8>, with prefix: String) -> Bool {
        let prefix = Array(prefix.utf8)
        // A prefix that is all there is would be the secret.
        guard prefix.count < secret.count else { return false }
        return prefix.indices.allSatisfy { secret[$0] == prefix[$0] }
    }
}

extension PrivateKeyFacts {
    /// Notes what is known under the names that policy rules use.
    func note(in attributes: inout [String: AttributeValue]) {
        attributes["algorithm"] = algorithm.map(AttributeValue.text)
        attributes["keyBits"] = bits.map(AttributeValue.number)
        attributes["encrypted"] = .flag(encrypted)
        attributes["spki"] = spki.map(AttributeValue.text)
    }
}
