import Pipeline

/// What to do about an error: the one place where advice is added to what the stages say.
enum Hints {
    static func hint(for error: AuditError) -> String? {
        switch error.code {
        case .noSuchImage where isEngines(error.place):
            "docker images or podman images lists what the engine has; an image in a registry is docker://NAME"
        case .unreadableImage where isEngines(error.place):
            "the engine's own log says why; docker save or podman save to a file shows whether it can give the image"
        case .noEngine:
            "start one (systemctl start docker; podman system service -t 0), say where it is with DOCKER_HOST=unix:///PATH, "
                + "or run as somebody who may use its socket"
        case .noSuchImage:
            "give a path, or say which and what it is: oci:DIR[:TAG|@DIGEST], oci-archive:FILE, docker-archive:FILE, docker://NAME"
        case .noSuchPlatform:
            "choose one with --platform, or all of them with --platform all"
        case .unsupportedTransport:
            "copy it to a local form first: skopeo copy \(error.place) oci:DIR"
        case .unreadableImage where isRegistrys(error):
            "skopeo inspect --raw docker://NAME shows what the registry gives; a proxy may give something else"
        case .unreadableImage where error.reason.lowercased().contains("permission denied"):
            "run it as somebody who may read that file"
        case .unreadableImage:
            "compare the copy with its source; an interrupted download looks like this"
        case .excessiveImage:
            "no usual builder makes an image like that; ask whoever made it, and see that the reference is the right one"
        case .notInRegistry:
            "check the spelling of repository and tag; skopeo list-tags docker://NAME prints the tags that there are"
        case .accessDenied:
            "log in with docker login, podman login or skopeo login; REGISTRY_AUTH_FILE names another file of credentials"
        case .unreachableServer:
            "check the name, the network and the proxy (https_proxy, no_proxy); --plain-http allows a registry without TLS"
        case .untrustedServer:
            "give the CA of the registry with --ca-file FILE; where it speaks no TLS, --plain-http allows that"
        case .unavailableServer:
            "try again later; the registry or what lies before it does not answer as it should"
        case .brokenPolicy:
            "palimpsest policy check FILE lists every problem without an audit"
        case .signedSecret:
            "say which by the id of its finding or by its fingerprint, and revoke it: it was written down here as well"
        case .brokenDetectors:
            "palimpsest detectors check FILE lists every problem without an audit"
        case .brokenEvidence:
            "palimpsest inspect IMAGE writes evidence that this version can read"
        case .brokenImporters:
            "the files in Policies/importers show how such a table is written"
        case .unreadableResults, .brokenResults:
            "palimpsest results check FILE shows what can be understood of it"
        case .unknownResults:
            "say whose they are: --results FORMAT:FILE; palimpsest results list prints the formats"
        case .mistakenResults:
            "leave the format out of --results, or give the one that it looks like; palimpsest results list prints them"
        case .anonymousResults:
            "say whose they are: --results FORMAT:FILE, such as gitleaks:\(error.place)"
        case .foreignResults:
            "run the tool on this image; by its digest, both are sure to look at the same"
        case .unboundResults:
            "give --assume-target if you know that they are about this image, or run the tool on the image itself"
        case .unusableKey:
            "give one with --fingerprint-key FILE or PALIMPSEST_FINGERPRINT_KEY; openssl rand -hex 32 makes one"
        case .unreadableSource:
            "--source takes the folder with the source code, the one that the build had as its context"
        case .unwritableOutput:
            "choose another place for it, one that can be written to and has room"
        case .unrunnableTool:
            "the command stands behind --, with a path where it is not on PATH"
        case .foreignBaseline:
            "make both with the same key (--fingerprint-key FILE or PALIMPSEST_FINGERPRINT_KEY)"
        case .strangeBaseline:
            "name the evidence of the one image, or a bundle that has each image of this run"
        case .noSuchFinding:
            "evidence.json in the folder of an image's reports lists them under findings"
        case .noSuchName:
            "palimpsest policy list prints the rules, with --controls the controls; evidence.json in the folder of an "
                + "image's reports lists findings"
        case .foreignImage:
            "name the image that the evidence is of, or give the evidence of this one with --evidence"
        case .severalImages:
            "name one of these folders instead; evaluate takes several"
        case .brokenBundle:
            "get it anew from whoever made it: one that was cut off or changed on its way fails like this; "
                + "palimpsest audit IMAGE --bundle FILE makes another"
        case .noBundle:
            "palimpsest audit IMAGE --bundle FILE writes one"
        case .settledBundle:
            "leave out --policy, --waivers, --trust-anchors and --baseline; palimpsest evaluate judges its evidence under others"
        case .unexpectedSigner:
            "ask whoever should have signed for the public key and for the bundle; sha256sum tells whether both are theirs"
        case .unusableSigningKey:
            "palimpsest keygen makes a pair of keys; the passphrase of an encrypted one may be in PALIMPSEST_KEY_PASSPHRASE"
        case .privateKeyGiven:
            "the public key lies beside it as NAME.pub where keygen made both; openssl pkey -in FILE -pubout prints it. "
                + "Whoever has the private one can sign: give it to nobody"
        case .publicKeyGiven:
            "the private key lies beside it as NAME.key where keygen made both"
        case .brokenTemplates:
            "the files in Templates/html are those that can be replaced; each uses the names that are known at its place"
        case .brokenReport:
            nil
        }
    }

    /// Whether the advice is to check the document.
    static func isCheck(_ code: AuditError.Code) -> Bool {
        [.brokenPolicy, .brokenDetectors, .unreadableResults, .brokenResults].contains(code)
    }

    private static func isEngines(_ reference: String) -> Bool { reference.hasPrefix("docker-daemon:") }

    /// Also of a name without a transport, of which the error says that there is no such file.
    private static func isRegistrys(_ error: AuditError) -> Bool {
        error.place.hasPrefix("docker://") || error.reason.contains("no such file, and ")
    }
}
