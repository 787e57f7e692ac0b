import Cryptography
import Foundation
import Model
import TestSupport

/// An image layout written by hand, so that every part of it can be wrong.
final class FixtureImage {
    let folder: ScratchFolder
    private(set) var manifests: [String] = []

    init() throws { folder = try ScratchFolder() }

    var path: String { folder.path + "/image" }

    /// The descriptor of a manifest in the index, ready to be put into one.
    struct Manifest {
        let digest: Digest
        let json: String
    }

    @discardableResult
    func blob(_ bytes: [UInt8]) throws -> Digest {
        let digest = Digest(sha256: SHA256Hasher.hash(bytes))
        try folder.write(bytes, to: "image/blobs/sha256/\(digest.hex)")
        return digest
    }

    func blobPath(_ digest: Digest) -> String { "image/blobs/sha256/\(digest.hex)" }

    /// A layer's descriptor for a manifest, and its diffID.
    func layer(
        _ tar: [UInt8], stored: [UInt8]? = nil,
        mediaType: String = "application/vnd.oci.image.layer.v1.tar+gzip"
    ) throws -> (json: String, diffID: Digest, digest: Digest) {
        let bytes = stored ?? RawGzip.member(tar)
        let digest = try blob(bytes)
        let json = #"{"mediaType":"\#(mediaType)","digest":"\#(digest)","size":\#(bytes.count)}"#
        return (json, Digest(sha256: SHA256Hasher.hash(tar)), digest)
    }

    /// A manifest with its configuration.
    func manifest(
        layers: [(json: String, diffID: Digest, digest: Digest)], os: String = "linux",
        architecture: String = "amd64", variant: String? = nil, config: String = "{}", history: String? = nil,
        platform: String? = nil, tag: String? = nil, extra: String = "", statesType: Bool = true
    ) throws -> Manifest {
        let diffIDs = layers.map { "\"\($0.diffID)\"" }.joined(separator: ",")
        let configuration = try blob(
            Array(
                """
                {"os":"\(os)","architecture":"\(architecture)",\(variant.map { "\"variant\":\"\($0)\"," } ?? "")
                "created":"2026-01-02T03:04:05.678Z","config":\(config),
                \(history.map { "\"history\":\($0)," } ?? "")
                "rootfs":{"type":"layers","diff_ids":[\(diffIDs)]}}
                """.utf8))
        let size = try folder.read(blobPath(configuration)).count
        let type = statesType ? #""mediaType":"application/vnd.oci.image.manifest.v1+json","# : ""
        let document = """
            {"schemaVersion":2,\(type)"config":
            {"mediaType":"application/vnd.oci.image.config.v1+json","digest":"\(configuration)","size":\(size)},
            "layers":[\(layers.map(\.json).joined(separator: ","))]}
            """
        return try entry(document, platform: platform, tag: tag, extra: extra)
    }

    /// The descriptor of any document.
    func entry(
        _ document: String, mediaType: String = "application/vnd.oci.image.manifest.v1+json",
        platform: String? = nil, tag: String? = nil, extra: String = ""
    ) throws -> Manifest {
        let digest = try blob(Array(document.utf8))
        var fields = #""mediaType":"\#(mediaType)","digest":"\#(digest)","size":\#(document.utf8.count)"#
        if let platform {
            let parts = platform.split(separator: "/")
            let variant = parts.count > 2 ? #","variant":"\#(parts[2])""# : ""
            fields += #","platform":{"os":"\#(parts[0])","architecture":"\#(parts[1])"\#(variant)}"#
        }
        if let tag { fields += #","annotations":{"org.opencontainers.image.ref.name":"\#(tag)"}"# }
        return Manifest(digest: digest, json: "{\(fields)\(extra)}")
    }

    /// An index document of its own, to be nested.
    func index(_ manifests: [Manifest], tag: String? = nil) throws -> Manifest {
        try entry(
            #"{"schemaVersion":2,"manifests":[\#(manifests.map(\.json).joined(separator: ","))]}"#,
            mediaType: "application/vnd.oci.image.index.v1+json", tag: tag)
    }

    func write(_ manifests: [Manifest]) throws {
        try folder.write(#"{"imageLayoutVersion":"1.0.0"}"#, to: "image/oci-layout")
        try folder.write(
            #"{"schemaVersion":2,"manifests":[\#(manifests.map(\.json).joined(separator: ","))]}"#,
            to: "image/index.json")
    }

    /// An image of one manifest with these layers.
    static func simple(_ tars: [[UInt8]], config: String = "{}", history: String? = nil) throws
        -> FixtureImage
    {
        let image = try FixtureImage()
        let layers = try tars.map { try image.layer($0) }
        try image.write([try image.manifest(layers: layers, config: config, history: history)])
        return image
    }
}

/// A tar stream of small files.
func tar(_ names: String..., content: String = "content") -> [UInt8] {
    var tar = RawTar()
    for name in names {
        if name.hasSuffix("/") {
            tar.add(name.utf8, type: "5", mode: 0o755)
        } else if let arrow = name.range(of: " => ") {
            tar.add(name[..<arrow.lowerBound].utf8, type: "1", link: name[arrow.upperBound...].utf8)
        } else {
            tar.add(name.utf8, Array(content.utf8))
        }
    }
    tar.end()
    return tar.bytes
}
