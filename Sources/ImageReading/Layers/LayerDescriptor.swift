package import Model

/// A layer as the manifest and the configuration name it.
package struct LayerDescriptor: Hashable, Sendable {
    /// What the media type makes of it.
    package enum Kind: Hashable, Sendable {
        /// A tar stream, compressed or not: which, the content tells.
        case tar
        /// Left out of images that are passed on, for reasons of licence.
        case foreign
        case unsupported
    }

    /// Counts the non-empty layers from 0 at the base.
    package let index: Int
    /// Of the blob as stored.
    package let digest: Digest
    /// Of the uncompressed tar stream.
    package let diffID: Digest
    package let mediaType: String
    /// Bytes of the blob as stored.
    package let size: Int
    /// Where it is to be had if it is not stored with the image.
    package let urls: [String]

    package init(
        index: Int, digest: Digest, diffID: Digest, mediaType: String, size: Int, urls: [String] = []
    ) {
        self.index = index
        self.digest = digest
        self.diffID = diffID
        self.mediaType = mediaType
        self.size = size
        self.urls = urls
    }

    package var kind: Kind {
        let base = mediaType.split(separator: "+").first.map(String.init) ?? ""
        return switch base {
        case _ where mediaType.contains("encrypted"): .unsupported
        case "application/vnd.oci.image.layer.nondistributable.v1.tar",
            "application/vnd.docker.image.rootfs.foreign.diff.tar",
            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip":
            .foreign
        case "application/vnd.oci.image.layer.v1.tar", "application/vnd.docker.image.rootfs.diff.tar",
            "application/vnd.docker.image.rootfs.diff.tar.gzip",
            "application/vnd.docker.image.rootfs.diff.tar.zstd", "":
            .tar
        default: .unsupported
        }
    }
}
