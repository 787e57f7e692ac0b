/// What was written, as the image's documents tell it.
package struct WrittenImage: Hashable, Sendable {
    package struct Layer: Hashable, Sendable {
        /// As the manifest claims it.
        package let digest: String
        package let diffID: String
        package let mediaType: String
        /// Bytes as stored.
        package let size: Int
        /// Bytes of the tar stream; nil for a raw layer.
        package let uncompressedSize: Int?
    }

    package let platform: ImagePlatform
    package let manifestDigest: String
    package let configDigest: String
    package let layers: [Layer]
}
