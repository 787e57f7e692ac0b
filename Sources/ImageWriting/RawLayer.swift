/// A layer given as bytes, with whatever is to be claimed about it, true or not.
package struct RawLayer: Sendable {
    /// What is stored.
    package var blob: [UInt8]
    package var mediaType: String
    /// What the manifest claims; nil for the truth about `blob`.
    package var digest: String?
    package var size: Int?
    /// What the configuration claims; nil for the digest of `blob` as it is, right for an uncompressed one.
    package var diffID: String?

    package init(
        blob: [UInt8], mediaType: String = "application/vnd.oci.image.layer.v1.tar", digest: String? = nil,
        size: Int? = nil, diffID: String? = nil
    ) {
        self.blob = blob
        self.mediaType = mediaType
        self.digest = digest
        self.size = size
        self.diffID = diffID
    }
}
