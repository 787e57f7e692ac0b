internal import Archives
internal import Cryptography
internal import HTTP
internal import Model

/// A manifest or index as a registry gave it, held against every digest that was stated.
struct RegistryManifest: Sendable {
    let bytes: [UInt8]
    let digest: Digest
    let type: ManifestType

    /// Fetches what the tag or digest `version` names.
    static func fetch(_ version: String, from session: RegistrySession, at place: String) throws(ImageError)
        -> RegistryManifest
    {
        let response = try session.open(
            "manifests/\(version)", headers: [HTTPRequest.Header("Accept", ManifestType.accepted)])
        guard response.status == 200 else {
            throw RegistryAnswer.failure(
                response, what: "manifest", at: place, notes: session.credentialNotes)
        }
        let bytes = try DocumentReader.bytes(response, at: place)
        let digest = Digest(sha256: SHA256Hasher.hash(bytes))
        guard Digest(version) == nil || Digest(version) == digest else {
            throw ImageError(.digestMismatch, at: place, "manifest is not the one that was asked for")
        }
        if let stated = response.header("docker-content-digest"), stated.hasPrefix("sha256:"),
            stated != digest.text
        {
            throw ImageError(
                .digestMismatch, at: place, "manifest does not match the digest that the registry states")
        }
        let document: Documents.Manifest
        do throws(ImageError) {
            document = try DocumentReader.decode(bytes, as: Documents.Manifest.self, at: place)
        } catch  where response.header("content-type")?.lowercased().hasPrefix("text/html") == true {
            throw ImageError(
                .unavailable, at: place, "answer is a web page and no manifest",
                underlying: "from \(response.address); this is no registry, or a login page stands before it")
        }
        let type = try ManifestType.of(document, header: response.header("content-type"), at: place)
        return RegistryManifest(bytes: bytes, digest: digest, type: type)
    }
}
