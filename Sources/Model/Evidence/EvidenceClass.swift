/// A class of evidence: what a detector provides and a rule requires.
package enum EvidenceClass: String, Codable, Sendable, CaseIterable, Comparable {
    /// Credentials and private keys, in every layer and in the metadata.
    case secrets
    /// X.509 certificates and trust anchors.
    case certificates
    /// The image's configuration and history.
    case configuration
    /// Owners, modes, capabilities and accounts in the file system.
    case filesystem
    /// Known vulnerabilities of components.
    case vulnerabilities
    /// The components the image is made of.
    case components
    /// Settings of the image, or of what it is built from, that other tools advise against.
    case misconfigurations
    /// Whether credentials that were found still work, by tools that try them.
    case verifications
    /// Signatures and provenance.
    case signatures
    /// The secrets of the other images of the same run.
    case comparison
    /// The same, where every image says which environment it is for.
    case environments
    /// The source tree that the image was built from.
    case source

    /// Whether this evidence is only complete once every byte of every layer was looked at.
    ///
    /// What other tools alone report on, they report on in their own way: none of them says which bytes it read.
    package var needsLayers: Bool {
        switch self {
        case .secrets, .certificates, .filesystem: true
        case .configuration, .vulnerabilities, .components, .misconfigurations, .verifications, .signatures,
            .comparison, .environments, .source:
            false
        }
    }

    /// Whether our own detectors look for it in every image, so that nobody has to ask.
    package var isAlwaysLookedFor: Bool {
        switch self {
        case .secrets, .certificates, .configuration, .filesystem: true
        case .vulnerabilities, .components, .misconfigurations, .verifications, .signatures, .comparison,
            .environments, .source:
            false
        }
    }

    /// Whether this evidence is only complete once the configuration and the history were looked at.
    package var needsMetadata: Bool { self == .secrets || self == .configuration }

    package static func < (left: EvidenceClass, right: EvidenceClass) -> Bool {
        left.rawValue < right.rawValue
    }
}
