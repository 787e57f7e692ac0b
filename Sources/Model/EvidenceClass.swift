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
    /// Signatures and provenance.
    case signatures

    /// Whether this evidence is only complete once every byte of every layer was looked at.
    package var needsLayers: Bool { self != .configuration && self != .signatures }

    package static func < (left: EvidenceClass, right: EvidenceClass) -> Bool {
        left.rawValue < right.rawValue
    }
}
