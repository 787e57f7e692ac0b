/// What a registry may give as a manifest.
enum ManifestType: String, CaseIterable {
    case ociIndex = "application/vnd.oci.image.index.v1+json"
    case ociManifest = "application/vnd.oci.image.manifest.v1+json"
    case dockerList = "application/vnd.docker.distribution.manifest.list.v2+json"
    case dockerManifest = "application/vnd.docker.distribution.manifest.v2+json"

    /// All of them, as a request asks for them.
    static let accepted = allCases.map(\.rawValue).joined(separator: ", ")

    /// The type of `document`, which came as `header` says: the two must agree.
    static func of(_ document: Documents.Manifest, header: String?, at place: String) throws(ImageError)
        -> ManifestType
    {
        let sent = header?.split(separator: ";").first.map { $0.lowercased().filter { $0 != " " } } ?? ""
        let stated = document.mediaType ?? ""
        let isOld =
            sent.contains("manifest.v1+") || stated.contains("manifest.v1+json")
            || document.schemaVersion == 1
        guard !isOld || ManifestType(rawValue: stated) != nil else {
            throw ImageError(
                .unsupported, at: place, "manifests of Docker's schema 1 are not read",
                underlying: "it was replaced in 2016; push the image again with a current program")
        }
        guard stated.isEmpty || ManifestType(rawValue: stated) != nil else {
            throw ImageError(.unsupported, at: place, "manifests of type \(stated) are not read")
        }
        let type = ManifestType(rawValue: stated)
        let sentType = ManifestType(rawValue: sent)
        if let type, let sentType, type != sentType {
            throw ImageError(
                .malformedDocument, at: place, "manifest states another type than the registry",
                underlying: "\(type.rawValue), not \(sentType.rawValue)")
        }
        guard let found = type ?? sentType ?? guess(document) else {
            throw ImageError(.notAnImage, at: place, "manifest is not that of an image")
        }
        return found
    }

    /// OCI documents need not state their type, and plain web servers do not know it.
    private static func guess(_ document: Documents.Manifest) -> ManifestType? {
        if document.manifests != nil { return .ociIndex }
        return document.layers != nil ? .ociManifest : nil
    }
}
