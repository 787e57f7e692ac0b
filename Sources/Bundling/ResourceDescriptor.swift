internal import Cryptography
internal import Model

/// Something that a statement is about or rests on, as in-toto describes such things.
struct ResourceDescriptor: Hashable, Codable {
    let name: String
    /// Hex digits by algorithm.
    let digest: [String: String]
    let annotations: [String: String]?

    init(name: String, digest: Digest, annotations: [String: String]? = nil) {
        self.name = name
        self.digest = ["sha256": String(digest.hex)]
        self.annotations = annotations
    }

    init(_ file: BundleFile, annotations: [String: String]? = nil) {
        self.init(
            name: file.name, digest: Digest(sha256: SHA256Hasher.hash(file.bytes)), annotations: annotations)
    }
}
