/// The forms in which images lie on a disk.
package enum ImageFormat: String, Sendable, CaseIterable {
    /// A folder with `oci-layout`, `index.json` and `blobs/`.
    case ociLayout = "oci"
    /// The same in a tar file.
    case ociArchive = "oci-archive"
    /// What `docker save` writes since version 25: an OCI archive that also has a `manifest.json`.
    case dockerArchive = "docker-archive"
    /// What skopeo writes: tar files named by their digest, and links to them in a folder for each layer.
    case dockerArchiveFlat = "docker-archive-flat"
    /// What `docker save` wrote before version 25: a folder for each layer.
    case dockerArchiveLegacy = "docker-archive-legacy"
}
