/// What media types say that a thing is.
enum ArtifactType {
    static let buildCacheConfiguration = "application/vnd.buildkit.cacheconfig.v0"

    private static let indexes: Set<String> = [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
    ]
    private static let manifests: Set<String> = [
        "", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    ]
    private static let configurations: Set<String> = [
        "", "application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json",
    ]
    private static let empty = "application/vnd.oci.empty.v1+json"

    static func isIndex(_ mediaType: String) -> Bool { indexes.contains(mediaType) }
    static func isManifest(_ mediaType: String) -> Bool { manifests.contains(mediaType) }
    static func isImageConfiguration(_ mediaType: String) -> Bool { configurations.contains(mediaType) }

    /// The type of what `manifest` describes, where that is no image: the first part that tells anything.
    static func of(_ manifest: Documents.Manifest) -> String {
        let layers = (manifest.layers ?? []).map { $0.mediaType ?? "" }
        let parts = [manifest.artifactType ?? "", manifest.config?.mediaType ?? ""] + layers
        return parts.first { !isImageConfiguration($0) && $0 != empty } ?? "an unknown type"
    }

    /// The type in words, where there are any.
    static func noun(of type: String) -> String {
        let known = words.first { type.contains($0.part) }
        return known.map { "\($0.noun) (\(type))" } ?? "an artifact of \(type)"
    }

    private static let words: [(part: String, noun: String)] = [
        ("cosign.simplesigning", "a cosign signature"), ("cncf.helm", "a Helm chart"),
        ("cncf.notary", "a notation signature"), ("in-toto", "an attestation"),
        ("dsse.envelope", "a signed attestation"), ("sigstore.bundle", "a Sigstore bundle"),
        ("spdx", "a bill of materials"), ("cyclonedx", "a bill of materials"),
        ("syft", "a bill of materials"), ("wasm", "a WebAssembly module"),
        (buildCacheConfiguration, "the configuration of a build cache"),
        ("image.layer", "a layer of no image"), ("image.rootfs", "a layer of no image"),
    ]
}
