internal import Archives
internal import Glibc
internal import Model

/// Opens images: OCI image layouts and docker-archives, as folders or tar files, and what registries and engines have.
///
/// What it returns is verified as far as documents go: manifest and configuration match their digests. Layers are
/// verified while they are read, so a missing or broken one does not keep the others from being looked at.
package enum ImageOpener {
    /// The images that `reference` and `platform` select: one, but for ``PlatformSelection/all``.
    package static func open(
        _ reference: ImageReference, platform: PlatformSelection = .host,
        connection: ConnectionOptions = ConnectionOptions()
    ) throws(ImageError) -> [Image] {
        if case .named(let name) = platform, Platform(name) == nil {
            throw ImageError(
                .invalidReference, at: name, "platform is not written as system/architecture[/variant]")
        }
        switch reference.transport {
        case .oci:
            return try layout(FolderFiles(reference.path), reference, platform)
        case .ociArchive:
            return try layout(ArchiveFiles.open(existing(reference)), reference, platform)
        case .dockerArchive:
            return try DockerArchive(files: ArchiveFiles.open(existing(reference)))
                .images(reference, platform)
        case .path:
            return try recognise(reference, platform)
        case .registry:
            return try registry(reference, platform, connection)
        case .dockerDaemon:
            return try EngineImages(reference, addresses: connection.engines).images(platform)
        }
    }

    /// What ends so was meant for a file; nobody else need hear of it.
    private static let archiveSuffixes = [".tar", ".tgz", ".gz", ".zst", ".xz", ".bz2"]

    private static func layout(
        _ files: any ImageFiles, _ reference: ImageReference, _ platform: PlatformSelection
    ) throws(ImageError) -> [Image] {
        try ImageLayout(files: files).images(reference, platform)
    }

    /// What has no transport before it and is no file is taken for a name in a registry, and the error says so.
    private static func registry(
        _ reference: ImageReference, _ platform: PlatformSelection, _ connection: ConnectionOptions
    ) throws(ImageError) -> [Image] {
        let isNamed = reference.text.hasPrefix("docker://")
        guard isNamed || !archiveSuffixes.contains(where: reference.path.hasSuffix) else {
            throw ImageError(
                .notFound, at: reference.text, "no such file",
                underlying: "docker:// before it would make it a name in a registry")
        }
        do throws(ImageError) {
            return try RegistryImages(reference, connection).images(reference, platform)
        } catch {
            guard !isNamed else { throw error }
            throw ImageError(
                error.code, at: error.place, "no such file, and \(error.reason)", underlying: error.underlying
            )
        }
    }

    private static func recognise(_ reference: ImageReference, _ platform: PlatformSelection)
        throws(ImageError) -> [Image]
    {
        let path = try existing(reference)
        let files: any ImageFiles = isFolder(path) ? try FolderFiles(path) : try ArchiveFiles.open(path)
        return try files.images(reference, platform)
    }

    private static func existing(_ reference: ImageReference) throws(ImageError) -> String {
        guard unsafe access(reference.path, F_OK) == 0 else {
            throw ImageError(.notFound, at: reference.text, "no such file or folder")
        }
        guard kind(reference.path) != S_IFIFO else {
            throw ImageError(
                .invalidReference, at: reference.text, "a pipe gives its bytes once, and they are read twice",
                underlying: "write them to a file first")
        }
        return reference.path
    }

    private static func isFolder(_ path: String) -> Bool { kind(path) == S_IFDIR }

    private static func kind(_ path: String) -> mode_t {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
    }
}
