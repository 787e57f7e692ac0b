/// What a rule looks at, one by one.
package enum FactSubject: String, Codable, Sendable, CaseIterable {
    case finding, inventory, image
}

/// The type of a field's value.
package enum FactType: String, Codable, Sendable, CaseIterable {
    case text, number, flag, instant, severity, confidence
}

/// A field that matchers can test: this table is the policy language's vocabulary.
///
/// A value like any other; a class only because every test of every finding looks at one, and copying it costs more.
package final class FactField: Hashable, Sendable {
    package let name: String
    /// Nil for what is noted among the attributes of a subject, and for labels.
    package let key: FactKey?
    package let type: FactType
    package let subjects: [FactSubject]
    /// The only values it can have; empty where any is possible.
    package let values: [String]
    package let summary: String

    /// The field of this name for this subject.
    package static func named(_ name: String, of subject: FactSubject) -> FactField? {
        all.first { $0.name == name && $0.subjects.contains(subject) }
            ?? (subject == .image ? label(named: name) : nil)
    }

    /// What the name of a field that is a label of the image begins with: `label.team`.
    package static let labelPrefix = "label."

    private static func label(named name: String) -> FactField? {
        guard name.hasPrefix(labelPrefix), name.count > labelPrefix.count else { return nil }
        return FactField(name, .text, [.image], "a label of the image; empty where it has no such label")
    }

    /// The label that this is the field of; nil for every other field.
    package var label: String? {
        name.hasPrefix(Self.labelPrefix) ? String(name.dropFirst(Self.labelPrefix.count)) : nil
    }

    private init(
        _ name: String, _ type: FactType, _ subjects: [FactSubject], _ summary: String, values: [String] = []
    ) {
        self.name = name
        key = FactKey(rawValue: name)
        self.type = type
        self.subjects = subjects
        self.values = values
        self.summary = summary
    }

    package static func == (left: FactField, right: FactField) -> Bool {
        left === right
            || (left.name, left.type, left.subjects, left.values) == (
                right.name, right.type, right.subjects, right.values
            )
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// The type that a field has, by its name; of several of one name, that of the first.
    static let types = Dictionary(all.map { ($0.name, $0.type) }) { first, _ in first }

    /// Every field, in the order in which documentation lists them.
    package static let all: [FactField] = [
        FactField(
            "kind", .text, [.finding], "what the finding is", values: FindingKind.allCases.map(\.rawValue)),
        FactField("rule", .text, [.finding], "the detector's rule"),
        FactField(
            "severity", .severity, [.finding], "the detector's severity",
            values: Severity.allCases.map(\.rawValue)),
        FactField(
            "confidence", .confidence, [.finding], "how sure the detector is",
            values: Confidence.allCases.map(\.rawValue)),
        FactField(
            "type", .text, [.inventory], "what the item is", values: InventoryType.allCases.map(\.rawValue)),
        FactField("detector", .text, [.finding, .inventory], "the detector's id"),
        FactField("title", .text, [.finding, .inventory], "what it is called"),
        FactField("path", .text, [.finding, .inventory], "the file, from /"),
        FactField("within", .text, [.finding, .inventory], "what was opened inside the file, joined by !/"),
        FactField(
            "config", .text, [.finding, .inventory], "the metadata field: Env/NAME, Labels/NAME, history/5 …"),
        FactField("layer", .number, [.finding, .inventory], "the non-empty layer, from 0 at the base"),
        FactField(
            "persistence", .text, [.finding, .inventory], "where it stands in the final image",
            values: Persistence.allCases.filter { $0 != .unknown }.map(\.rawValue)),
        FactField(
            "origin", .text, [.finding, .inventory], "how it got there",
            values: Origin.allCases.map(\.rawValue)),
        FactField(
            "sharedImages", .number, [.finding], "how many other images of the run hold the same secret"),
        FactField(
            "sharedEnvironments", .number, [.finding],
            "how many other environments have images of the run that hold the same secret"),
        FactField("inSource", .flag, [.finding], "whether the same secret is in the source tree"),
        FactField(
            "inBaseline", .flag, [.finding], "whether the earlier evidence (--baseline) has the same already"),
        FactField("createdBy", .text, [.finding, .inventory], "the instruction that wrote it"),
        FactField("algorithm", .text, [.finding, .inventory], "of a key: RSA, EC, Ed25519, DSA"),
        FactField("keyBits", .number, [.finding, .inventory], "of a key: its size in bits"),
        FactField("encrypted", .flag, [.finding, .inventory], "under a passphrase"),
        FactField("signatureAlgorithm", .text, [.inventory], "of a certificate: sha256WithRSAEncryption …"),
        FactField("notBefore", .instant, [.inventory], "of a certificate: valid from"),
        FactField("notAfter", .instant, [.inventory], "of a certificate: valid until"),
        FactField("selfSigned", .flag, [.inventory], "of a certificate: issuer and subject are one"),
        FactField("isCA", .flag, [.inventory], "of a certificate: may sign others"),
        FactField("subject", .text, [.inventory], "of a certificate"),
        FactField("issuer", .text, [.inventory], "of a certificate"),
        FactField(
            "sha256", .text, [.inventory], "of a certificate or key: SHA-256 of its DER form, 64 hex digits"),
        FactField(
            "spki", .text, [.finding, .inventory],
            "of a certificate or key: SHA-256 of its public key as X.509 writes it, 64 hex digits"),
        FactField(
            "privateKey", .text, [.inventory],
            "of a certificate or an authorized key: the file in the image that holds its private key"),
        FactField(
            "trust", .text, [.inventory], "of a trust anchor: what the approved set says of it",
            values: TrustStanding.allCases.map(\.rawValue)),
        FactField("approvedBy", .text, [.inventory], "of a trust anchor: who vouches for it"),
        FactField(
            "package", .text, [.inventory],
            "the distribution's package whose own, unchanged file this is or is in"),
        FactField("expires", .instant, [.finding], "of a token that says so: valid until"),
        FactField("expiresByDesign", .flag, [.finding], "whether tokens of this kind expire unless renewed"),
        FactField(
            "name", .text, [.inventory, .image], "of a user: the account; of the image: its reference"),
        FactField("uid", .number, [.inventory], "of a user"),
        FactField("isRoot", .flag, [.inventory], "of a user: uid 0"),
        FactField("emptyPassword", .flag, [.inventory], "of a user: none is needed to log in"),
        FactField("mode", .text, [.inventory], "of a file: permissions in octal, 4755"),
        FactField("capabilities", .text, [.inventory], "of a file"),
        FactField("noPassword", .flag, [.inventory], "of a sudo rule: it asks for none"),
        FactField("commands", .text, [.inventory], "of a sudo rule: what it allows"),
        FactField("comment", .text, [.inventory], "of a public key: what stands behind it"),
        FactField("port", .text, [.inventory], "of an exposed port: 8080/tcp"),
        FactField("rated", .flag, [.finding], "whether the tool that reports it said how severe it is"),
        FactField("verified", .flag, [.finding], "whether another tool tried the credential, and it works"),
        FactField("suppressed", .flag, [.finding], "whether all tools that report it were told not to"),
        FactField("package", .text, [.finding], "of a vulnerability: the component it is in"),
        FactField("fixedVersion", .text, [.finding], "of a vulnerability: the version without it"),
        FactField("components", .number, [.image], "how many components other tools list"),
        FactField("signatures", .number, [.image], "how many signatures another tool verified"),
        FactField("platform", .text, [.image], "linux/amd64"),
        FactField(
            "registry", .text, [.image], "the registry it was read from; empty for one from elsewhere"),
        FactField("created", .instant, [.image], "when the image says it was made"),
        FactField("environment", .text, [.image], "the environment it is for: production"),
        FactField("based", .flag, [.image], "whether it is known which of its layers are those of its base"),
        FactField("baseline", .flag, [.image], "whether there is earlier evidence to hold it against"),
        FactField("compared", .flag, [.image], "whether other images of the run were to be compared with it"),
        FactField(
            "comparedEnvironments", .number, [.image], "how many other environments those images are for"),
        FactField("layers", .number, [.image], "how many non-empty layers"),
    ]
}
