/// What a finding is.
///
/// Policy rules match on it, so this list is part of the contract; it is closed on purpose.
package enum FindingKind: String, Codable, Sendable, CaseIterable {
    case cloudCredential = "credential.cloud"
    case deliveryCredential = "credential.cicd"
    case packageRegistryCredential = "credential.package-registry"
    case containerRegistryCredential = "credential.container-registry"
    case aiCredential = "credential.ai"
    case chatCredential = "credential.chat"
    case paymentCredential = "credential.payment"
    case mailCredential = "credential.mail"
    case observabilityCredential = "credential.observability"
    case identityCredential = "credential.identity"
    case infrastructureCredential = "credential.infrastructure"
    case databaseCredential = "credential.database"
    case serviceCredential = "credential.service"
    /// User name and password inside a URL.
    case urlCredential = "credential.url"
    /// A file whose purpose is to hold credentials, with one in it: `.netrc`, `.npmrc`, Docker's `config.json`.
    case credentialStore = "credential.store"
    case passwordHash = "credential.password-hash"
    /// A value that is secret by its name and its entropy; no issuer's format.
    case genericCredential = "credential.generic"
    /// A private key that anyone who has the file can use.
    case privateKey = "key.private"
    /// A private key under a passphrase.
    case encryptedKey = "key.encrypted"
    /// A file that holds keys behind a password: PKCS#12, JKS.
    case keystore = "key.keystore"
    /// Verification of the other side's certificate is switched off.
    case tlsVerificationDisabled = "tls.verification-disabled"
    /// A service is reached, or software is fetched, without TLS.
    case plaintextEndpoint = "tls.plaintext-endpoint"
    /// A way in or out beside the intended one: a mounted engine socket, a tunnel agent, an open `sshd`.
    case hiddenAccess = "access.hidden-path"
    /// A component with a known vulnerability.
    case vulnerableComponent = "component.vulnerable"
    /// A setting that another tool advises against.
    case misconfiguration
    /// What another detector reports and we have no word for.
    case other

    /// Whether it only says that something is a secret, where another detector may know which.
    package var isVague: Bool { self == .genericCredential || self == .serviceCredential }

    /// Whether the finding itself is something that must not be shown.
    package var isSecret: Bool { isCredential || rawValue.hasPrefix("key.") }

    /// Whether it is a password, a token or what holds one.
    package var isCredential: Bool { rawValue.hasPrefix("credential.") }
}
