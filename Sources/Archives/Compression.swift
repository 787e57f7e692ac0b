/// How a stream is compressed, told from its first bytes, whatever anybody calls it.
package enum Compression: String, Sendable, CaseIterable {
    case none
    case gzip
    case zstd
    case xz
    case bzip2
    case lzma

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
        return isLZMA(prefix) ? .lzma : .none
    }

    /// The usual properties, and a power of two from 64 KiB to 128 MiB: that format has no mark of its own.
    private static func isLZMA(_ prefix: some Collection<UInt8>) -> Bool {
        guard prefix.starts(with: [0x5d, 0, 0]), prefix.count >= 5 else { return false }
        let size = prefix.dropFirst(3).prefix(2).reversed().reduce(0) { $0 << 8 | Int($1) }
        return size.nonzeroBitCount == 1 && size <= 0x800
    }

    /// `source` uncompressed, whichever of these it is, and which it was.
    package static func unwrap(
        _ source: any ByteSource, memory: DecoderMemory = DecoderMemory()
    ) throws(ArchiveError) -> (compression: Compression, content: any ByteSource) {
        let prefix = try source.readPrefix(8)
        let whole = PrefixedByteSource(prefix: prefix, rest: source)
        let compression = sniff(prefix)
        return (compression, try compression.content(of: whole, memory: memory))
    }

    /// What `source`, which is compressed like this, holds: gzip by ISA-L, which is faster than libarchive.
    func content(of source: any ByteSource, memory: DecoderMemory) throws(ArchiveError) -> any ByteSource {
        switch self {
        case .none: source
        case .gzip: GzipByteSource(source)
        case .zstd, .xz, .bzip2, .lzma: try StreamDecompressor.open(source, self, memory: memory)
        }
    }
}
