import Pipeline

/// What to do about an error: the one place where advice is added to what the stages say.
enum Hints {
    static func hint(for error: AuditError) -> String? {
        switch error.code {
        case .noSuchImage where isEngines(error.place):
            "docker images or podman images lists what the engine has; to read from a registry: skopeo copy docker://NAME oci:DIR"
        case .unreadableImage where isEngines(error.place):
            "the engine's own log says why; docker save or podman save to a file shows whether it can give the image"
        case .noEngine:
            "start one (systemctl start docker; podman system service -t 0), say where it is with DOCKER_HOST=unix:///PATH, "
                + "or run as somebody who may use its socket"
        case .noSuchImage:
            "give a path, or say what it is: oci:DIR, oci-archive:FILE, docker-archive:FILE"
        case .noSuchPlatform:
            "choose one with --platform, or all of them with --platform all"
        case .unsupportedTransport:
            "copy it to a local form first: skopeo copy \(transport(error.place)) oci:DIR"
        case .unreadableImage:
            "compare the copy with its source; an interrupted download looks like this"
        case .brokenPolicy:
            "palimpsest policy check FILE lists every problem without an audit"
        case .brokenDetectors:
            "palimpsest detectors check FILE lists every problem without an audit"
        case .brokenEvidence:
            "palimpsest inspect IMAGE writes evidence that this version can read"
        case .unusableKey:
            "give one with --fingerprint-key FILE or PALIMPSEST_FINGERPRINT_KEY; openssl rand -hex 32 makes one"
        case .unwritableOutput:
            "choose another folder with --output"
        case .brokenReport:
            nil
        }
    }

    private static func isEngines(_ reference: String) -> Bool { reference.hasPrefix("docker-daemon:") }

    /// The reference as skopeo takes it: a name without a transport is one in a registry.
    private static func transport(_ reference: String) -> String {
        ["docker://", "docker-daemon:"].contains { reference.hasPrefix($0) }
            ? reference : "docker://" + reference
    }
}
