internal import CLibArchive

extension Compression {
    /// What libarchive calls it.
    var filter: CInt {
        switch self {
        case .none: ARCHIVE_FILTER_NONE
        case .gzip: ARCHIVE_FILTER_GZIP
        case .zstd: ARCHIVE_FILTER_ZSTD
        case .xz: ARCHIVE_FILTER_XZ
        case .bzip2: ARCHIVE_FILTER_BZIP2
        case .lzma: ARCHIVE_FILTER_LZMA
        case .lzip: ARCHIVE_FILTER_LZIP
        case .lz4: ARCHIVE_FILTER_LZ4
        case .compress: ARCHIVE_FILTER_COMPRESS
        }
    }
}
