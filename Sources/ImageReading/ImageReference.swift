internal import Glibc
package import Model

/// Where an image is, as `containers-transports` writes it, or a plain path.
package struct ImageReference: Hashable, Sendable {
    package enum Transport: String, Sendable, CaseIterable {
        case oci
        case ociArchive = "oci-archive"
        case dockerArchive = "docker-archive"
        case registry = "docker"
        case dockerDaemon = "docker-daemon"
        /// A plain path, recognised by content.
        case path
    }

    /// Whether they lie in a file or folder, and no registry or engine has them.
    var isOfStoredImages: Bool {
        switch transport {
        case .oci, .ociArchive, .dockerArchive, .path: true
        case .registry, .dockerDaemon: false
        }
    }

    package let transport: Transport
    /// A path, or the name in a registry or engine.
    package let path: String
    package let tag: String?
    package let digest: Digest?
    /// The reference as it was given.
    package let text: String

    /// Reads `text`; looks at the file system only to tell where a path with colons ends.
    package static func parse(_ text: String) throws(ImageError) -> ImageReference {
        guard !text.isEmpty, !text.utf8.contains(0) else {
            throw ImageError(.invalidReference, at: text, "image reference is empty or contains a zero byte")
        }
        for transport in Transport.allCases where transport != .path {
            guard text.hasPrefix(transport.rawValue + ":") else { continue }
            return try named(text.dropFirst(transport.rawValue.utf8.count + 1), transport, text)
        }
        if exists(text) {
            return ImageReference(transport: .path, path: text, tag: nil, digest: nil, text: text)
        }
        // They would else be taken for names in a registry, which would be asked for them.
        if let other = foreignTransports.first(where: { text.hasPrefix($0 + ":") }) {
            throw ImageError(.unsupportedTransport, at: text, "\(other): is not read")
        }
        guard text.hasPrefix("/") || text.hasPrefix("./") || text.hasPrefix("../") else {
            return ImageReference(transport: .registry, path: text, tag: nil, digest: nil, text: text)
        }
        return try located(text[...], .path, text)
    }

    /// What skopeo reads besides.
    private static let foreignTransports = ["containers-storage", "dir", "ostree", "sif"]

    private static func named(_ rest: Substring, _ transport: Transport, _ text: String)
        throws(ImageError) -> ImageReference
    {
        switch transport {
        case .registry:
            guard rest.hasPrefix("//") else {
                throw ImageError(.invalidReference, at: text, "registry references begin with docker://")
            }
            guard rest.utf8.count > 2 else {
                throw ImageError(.invalidReference, at: text, "image name is missing")
            }
            return ImageReference(
                transport: transport, path: String(rest.dropFirst(2)), tag: nil, digest: nil, text: text)
        case .dockerDaemon:
            guard !rest.isEmpty else {
                throw ImageError(.invalidReference, at: text, "image name is missing")
            }
            return ImageReference(
                transport: transport, path: String(rest), tag: nil, digest: nil, text: text)
        default:
            return try located(rest, transport, text)
        }
    }

    /// Splits path from tag at the colon that leaves the longest path that exists, else at the first one.
    private static func located(_ rest: Substring, _ transport: Transport, _ text: String)
        throws(ImageError) -> ImageReference
    {
        guard !rest.isEmpty, rest.first != ":" else {
            throw ImageError(.invalidReference, at: text, "path is missing")
        }
        if exists(String(rest)) {
            return ImageReference(
                transport: transport, path: String(rest), tag: nil, digest: nil, text: text)
        }
        let ends = rest.indices.filter { rest[$0] == ":" || rest[$0] == "@" }
        guard let end = ends.last(where: { exists(String(rest[..<$0])) }) ?? ends.first else {
            return ImageReference(
                transport: transport, path: String(rest), tag: nil, digest: nil, text: text)
        }
        let suffix = String(rest[end...].dropFirst())
        guard !suffix.isEmpty else { throw ImageError(.invalidReference, at: text, "tag is missing") }
        let isDigest = rest[end] == "@"
        guard !isDigest || Digest(suffix) != nil else {
            throw ImageError(.invalidReference, at: text, "digest is not sha256: and 64 hex digits")
        }
        return ImageReference(
            transport: transport, path: String(rest[..<end]), tag: isDigest ? nil : suffix,
            digest: isDigest ? Digest(suffix) : nil, text: text)
    }

    private static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }
}

extension ImageReference {
    /// The reference as it was given, but without a user and a password that do not belong in it.
    var shown: String { Self.shown(text) }

    /// The same of `text`, whether it is a reference or not.
    package static func shown(_ text: String) -> String {
        let isLocal = [Transport.oci, .ociArchive, .dockerArchive, .dockerDaemon].contains {
            text.hasPrefix($0.rawValue + ":")
        }
        return isLocal || exists(text) ? text : ShownAddress.text(text)
    }
}

extension ImageReference: CustomStringConvertible {
    package var description: String { text }
}
