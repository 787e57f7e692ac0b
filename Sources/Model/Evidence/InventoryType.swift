/// What an inventory item is.
package enum InventoryType: String, Codable, Sendable, CaseIterable {
    /// An X.509 certificate outside any trust store.
    case certificate
    /// An X.509 certificate in a place from which software takes what it trusts.
    case trustAnchor = "trust-anchor"
    /// A private key, whoever it belongs to.
    case key
    /// What would be a finding, were it not in a file that is a distribution's own, unchanged.
    case packageFile = "package-file"
    /// A file whose purpose is to hold credentials, whether or not there is one in it.
    case credentialStore = "credential-store"
    /// An account in `passwd`.
    case user
    /// The user that a container from this image runs as.
    case runtimeUser = "runtime-user"
    /// A line of `authorized_keys`.
    case authorizedKey = "ssh-authorized-key"
    /// A private key that a server of SSH shows to its clients.
    case hostKey = "ssh-host-key"
    /// A rule of `sudoers`.
    case sudoRule = "sudo-rule"
    /// An executable that runs as its owner or group.
    case setuidFile = "setuid-file"
    /// An executable with file capabilities.
    case fileCapability = "file-capability"
    /// A token that a platform mounts for a workload.
    case serviceAccount = "service-account"
    /// A port the image says it listens on.
    case exposedPort = "exposed-port"
    /// A path the image declares as a volume.
    case volume
}
