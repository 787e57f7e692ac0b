/// How a stream is compressed, told from its first bytes, whatever anybody calls it.
package enum Compression: String, Sendable, CaseIterable {
    case none
    case gzip
    case zstd
    case xz
    case bzip2

    /// The compression whose magic number `prefix` starts with; six bytes are enough.
    package static func sniff(_ prefix: some Collection<UInt8>) -> Compression {
        if prefix.starts(with: [0x1f, 0x8b]) { return .gzip }
        if prefix.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) { return .zstd }
        // A skippable frame, with which zstd streams may begin.
        if prefix.count >= 4, prefix.dropFirst().starts(with: [0x2a, 0x4d, 0x18]),
            let first = prefix.first, first & 0xf0 == 0x50
        {
            return .zstd
        }
        if prefix.starts(with: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]) { return .xz }
        if prefix.starts(with: Array("BZh".utf8)), let level = prefix.dropFirst(3).first,
            (0x31...0x39).contains(level)
        {
            return .bzip2
        }
        return .none
    }

    /// `source` uncompressed, whichever of these it is, and which it was.
    package static func unwrap(_ source: any ByteSource) throws(ArchiveError)
        -> (compression: Compression, content: any ByteSource)
    {
        let prefix = try source.readPrefix(8)
        let whole = PrefixedByteSource(prefix: prefix, rest: source)
        let compression = sniff(prefix)
        return (compression, try compression.content(of: whole))
    }

    /// What `source`, which is compressed like this, holds: gzip by ISA-L, which is faster than libarchive.
    package func content(of source: any ByteSource) throws(ArchiveError) -> any ByteSource {
        switch self {
        case .none: source
        case .gzip: GzipByteSource(source)
        case .zstd, .xz, .bzip2: try StreamDecompressor.open(source)
        }
    }
}
