internal import Model

/// A blob by digest, and what the document that points to it says of it.
struct BlobDescriptor {
    /// No blob is larger; sums over all that one document can name stay far from overflow.
    private static let sizeLimit = 1 << 42

    let digest: Digest
    let size: Int?
    let mediaType: String
    let annotations: [String: String]
    /// Where it is to be had if it is not stored here.
    let urls: [String]

    init(
        digest: Digest, size: Int?, mediaType: String, annotations: [String: String] = [:],
        urls: [String] = []
    ) {
        self.digest = digest
        self.size = size
        self.mediaType = mediaType
        self.annotations = annotations
        self.urls = urls
    }

    /// The descriptor that `document` holds, if it is one that we can follow.
    init(_ document: Documents.Descriptor, at place: String) throws(ImageError) {
        guard let digest = Digest(document.digest) else {
            let isOther = document.digest.hasPrefix("sha512:")
            throw ImageError(
                isOther ? .unsupported : .malformedDocument, at: place,
                isOther ? "digests other than SHA-256 are not read" : "descriptor has no valid digest")
        }
        guard (document.size ?? 0) >= 0 else {
            throw ImageError(.malformedDocument, at: place, "descriptor has a negative size")
        }
        guard (document.size ?? 0) <= Self.sizeLimit else {
            throw ImageError(.malformedDocument, at: place, "descriptor has a size that no blob can have")
        }
        self.init(
            digest: digest, size: document.size, mediaType: document.mediaType ?? "",
            annotations: document.annotations ?? [:], urls: document.urls ?? [])
    }
}
