internal import Archives

/// How a layer's tar stream is stored.
package enum LayerCompression: String, Sendable, CaseIterable {
    case none, gzip, zstd

    var mediaType: String {
        switch self {
        case .none: "application/vnd.oci.image.layer.v1.tar"
        case .gzip: "application/vnd.oci.image.layer.v1.tar+gzip"
        case .zstd: "application/vnd.oci.image.layer.v1.tar+zstd"
        }
    }

    var method: Compressor.Method? {
        switch self {
        case .none: nil
        case .gzip: .gzip
        case .zstd: .zstd
        }
    }
}
