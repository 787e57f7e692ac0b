/// How a stream is compressed, told from its first bytes, whatever anybody calls it.
package enum Compression: String, Sendable, CaseIterable {
    case none
    case gzip
    case zstd
    case xz
    case bzip2
    case lzma
    case lzip
    case lz4
    /// `.Z`
    case compress

    /// The compression whose magic number `prefix` starts with; six bytes are enough.
    package static func sniff(_ prefix: Span<UInt8>) -> Compression {
        let first = FirstBytes(prefix)
        if first.begin(with: 0x1f8b, length: 2) { return .gzip }
        if first.begin(with: 0x28b5_2ffd, length: 4) { return .zstd }
        // Skippable frames, with which zstd streams may begin, have sixteen marks.
        if prefix.count >= 4, prefix[0] & 0xf0 == 0x50, prefix[1] == 0x2a, prefix[2] == 0x4d,
            prefix[3] == 0x18
        {
            return .zstd
        }
        if first.begin(with: 0xfd37_7a58_5a00, length: 6) { return .xz }
        if first.begin(with: 0x425a68, length: 3), prefix.count >= 4, (0x31...0x39).contains(prefix[3]) {
            return .bzip2
        }
        // "LZIP" and its version
        if first.begin(with: 0x4c5a_4950_01, length: 5) { return .lzip }
        if first.begin(with: 0x0422_4d18, length: 4) || first.begin(with: 0x0221_4c18, length: 4) {
            return .lz4
        }
        if first.begin(with: 0x1f9d, length: 2), isCompress(prefix) { return .compress }
        return isLZMA(prefix) ? .lzma : .none
    }

    /// The same of a source, from which that takes the first eight bytes.
    package static func sniff(beginningOf source: any ByteSource) throws(ArchiveError) -> Compression {
        let prefix = try source.readPrefix(8)
        return sniff(prefix.span)
    }

    /// The usual properties, and a power of two from 64 KiB to 128 MiB: that format has no mark of its own.
    private static func isLZMA(_ prefix: Span<UInt8>) -> Bool {
        guard prefix.count >= 5, prefix[0] == 0x5d, prefix[1] == 0, prefix[2] == 0 else { return false }
        let size = Int(prefix[4]) << 8 | Int(prefix[3])
        return size.nonzeroBitCount == 1 && size <= 0x800
    }

    /// Codes of 9 to 16 bits, and nothing where nothing may stand.
    private static func isCompress(_ prefix: Span<UInt8>) -> Bool {
        prefix.count >= 3 && prefix[2] & 0x60 == 0 && (9...16).contains(prefix[2] & 0x1f)
    }

    /// `source` uncompressed, whichever of these it is, and which it was.
    package static func unwrap(
        _ source: any ByteSource, memory: DecoderMemory = DecoderMemory()
    ) throws(ArchiveError) -> (compression: Compression, content: any ByteSource) {
        let prefix = try source.readPrefix(8)
        let whole = PrefixedByteSource(prefix: prefix, rest: source)
        let compression = sniff(prefix.span)
        return (compression, try compression.content(of: whole, memory: memory))
    }

    /// What `source`, which is compressed like this, holds: gzip by ISA-L, which is faster than libarchive.
    ///
    /// Takes down in `notes` what gzip and zstd have beside it; the other formats have no room for that.
    package func content(
        of source: any ByteSource, memory: DecoderMemory, notes: StreamNotes? = nil
    ) throws(ArchiveError) -> any ByteSource {
        switch self {
        case .none: source
        case .gzip: GzipByteSource(source, notes: notes)
        case .zstd, .xz, .bzip2, .lzma, .lzip, .lz4, .compress:
            try StreamDecompressor.open(source, self, memory: memory, notes: notes)
        }
    }
}
