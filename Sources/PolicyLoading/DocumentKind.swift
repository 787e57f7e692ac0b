import YAMLDocuments

/// What a document is, as its `kind` says.
package enum DocumentKind: String, Sendable, CaseIterable {
    case framework = "Framework"
    case policy = "Policy"
    case detectors = "Detectors"
    case waivers = "Waivers"
    case attestations = "Attestations"
    case trustAnchors = "TrustAnchors"
    case policyTest = "PolicyTest"
    case importer = "Importer"

    /// As a sentence has it: `a Policy`, `an Importer`.
    var withArticle: String {
        switch self {
        case .attestations, .importer: "an \(rawValue)"
        case .framework, .policy, .detectors, .waivers, .trustAnchors, .policyTest: "a \(rawValue)"
        }
    }

    /// What such a document looks like.
    package var shape: ValueShape {
        switch self {
        case .framework: FrameworkForm.form.shape
        case .policy: PolicyForm.form.shape
        case .detectors: DetectorsForm.form.shape
        case .waivers: WaiversForm.form.shape
        case .attestations: AttestationsForm.form.shape
        case .trustAnchors: TrustAnchorsForm.form.shape
        case .policyTest: PolicyTestForm.form.shape
        case .importer: ImporterForm.form.shape
        }
    }
}

/// The two keys that every document begins with.
enum Envelope {
    static let apiVersion = required(
        "apiVersion", Values.choice(among: ["palimpsest/v1"]), "the version of the language: palimpsest/v1")

    static func kind(_ kind: DocumentKind) -> Key<String> {
        required("kind", Values.choice(among: [kind.rawValue]), "what the document is: \(kind.rawValue)")
    }
}
